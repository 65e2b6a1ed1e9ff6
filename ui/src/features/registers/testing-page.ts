/** A page of the registers in its frame, for tests. */
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { onTestFinished } from 'vitest'
import { closeOverlays } from '@/shared/state/overlays'
import type { Language } from '@/shared/state/look'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn, overlaysSettled } from '@/shared/testing/mount'
import { choiceOf, fieldOf, kindOf } from './testing'

/** What comes later on a screen takes a while to be compiled the first time. */
export const parts = () =>
  Promise.all([
    import('@/shared/components/BaseDialog.vue'),
    import('@/shared/components/DateInput.vue'),
    import('@/shared/components/TimeInput.vue'),
    import('@/shared/components/ComboInput.vue'),
    import('./entry/ActDialog.vue'),
    import('./entry/ReasonDialog.vue'),
  ])

/** A register with a choice, a field that hangs on it, and a measured value. */
export const readings = kindOf({
  fields: [
    choiceOf('what', ['冷藏', '中心温度'], { label: '测量对象', needed: true }),
    fieldOf('dish', 'TXT', {
      label: '菜品',
      when: [{ word: 'is', field: 'what', codes: ['中心温度'] }],
      needed_when: [{ word: 'is', field: 'what', codes: ['中心温度'] }],
    }),
    fieldOf('c', 'TEMP', { label: '温度', needed: true, unit: '℃', low: '-60', high: '300', measured: true }),
  ],
})

const start = {
  'door.get': { door: 'tablet', version: '1', organisation: { id: 'o', name: '园' }, account: null },
  'person.current': { by: { id: 'li', name: '李敏' }, roles: ['guard'], permissions: [] },
  'campus.list': { campuses: [], here: null },
  'draft.get': { draft: null },
  'draft.list': { drafts: [] },
} as Answers

/** Mounts a page at its address, and waits until it stands. */
export async function mounted(
  component: object,
  [route, path]: [route: string, path: string],
  answers: object,
  language: Language = 'zh',
) {
  const door = fakeBackend({ ...start, ...answers } as Answers)
  const { wrapper, router } = await mountIn(component as never, {
    backend: door.backend,
    route,
    path,
    language,
  })
  onTestFinished(async () => {
    await closeOverlays()
    wrapper.unmount()
  })
  await flushPromises()
  await overlaysSettled()
  const asked = (name: string) => door.calls.filter((call) => call.name === name).map(({ args }) => args)
  return { wrapper, router, asked, door }
}
/** The button or link with these words. */
export const button = (wrapper: Pick<VueWrapper, 'findAll'>, text: string) => {
  const found = wrapper.findAll('button, a').find((one) => one.text().includes(text))
  if (!found) throw new Error(`there is no button ${text}`)
  return found
}
