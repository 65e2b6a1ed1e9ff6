import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { BACKEND } from '@/backend'
import { SESSION, createSession } from '@/shared/state/session'
import { SYNC, createSync } from '@/shared/state/sync'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import App from './App.vue'
import { makeI18n } from './i18n'

/** The app while the code of its first page is on its way. */
async function opening(bare: boolean, width = 1280, answers: Answers = {}) {
  const matches = (query: string) => width <= Number(/max-width: (\d+)px/.exec(query)?.[1] ?? 0)
  vi.stubGlobal('matchMedia', (query: string) => ({
    ...{ matches: matches(query), media: query },
    ...{ addEventListener() {}, removeEventListener() {} },
  }))
  const { backend } = fakeBackend(answers)
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

it('has no more entries in the bar of the office than stand side by side, and all of them in its rail', async () => {
  const account = { name: 'a', person: 'p', roles: ['logi'], must_begin: false }
  const office: Answers = {
    'door.get': {
      ...{ door: 'office', version: '1', organisation: { id: 'o', name: '园' } },
      account: { ...account, must_change_password: false },
    } as never,
    'person.current': {
      ...{ by: { id: 'p', name: '陈志强' }, roles: ['logi'], should_set_pin: false },
      permissions: ['patrol'],
    } as never,
    'campus.list': { campuses: [], here: null },
  }
  const entries = async (width: number) =>
    (await opening(false, width, office)).findAll('.rail .entry').map((entry) => entry.attributes('href'))
  expect(await entries(1280)).toHaveLength(12)
  const upright = await entries(800)
  expect(upright).toHaveLength(8)
  expect(upright).toContain('/more')
  expect((await entries(390)).length).toBeLessThanOrEqual(5)
})
