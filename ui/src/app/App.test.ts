import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { BACKEND } from '@/backend'
import { SESSION, createSession } from '@/shared/state/session'
import { SYNC, createSync } from '@/shared/state/sync'
import { fakeBackend } from '@/shared/testing/backend'
import App from './App.vue'
import { makeI18n } from './i18n'

/** The app while the code of its first page is on its way. */
async function opening(bare: boolean) {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  const { backend } = fakeBackend({})
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: () => new Promise<never>(() => {}), meta: { bare } }],
  })
  const wrapper = mount(App, {
    global: {
      plugins: [makeI18n('zh'), router],
      provide: {
        [BACKEND as symbol]: backend,
        [SESSION as symbol]: createSession(backend),
        [SYNC as symbol]: createSync(backend),
      },
    },
  })
  await flushPromises()
  return wrapper
}

it('stands with its rail while the first page comes, and without where that page is bare', async () => {
  expect((await opening(false)).find('.rail').exists()).toBe(true)
  expect((await opening(true)).find('.rail').exists()).toBe(false)
})
