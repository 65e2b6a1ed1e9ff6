import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, ref, shallowReactive } from 'vue'
import type { ItemView } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { itemView } from './testing'
import { FORM, type FormContext } from './context'
import ItemRow from './ItemRow.vue'
import type { ItemState } from './useFormItems'

/** A row in a form that stores whatever is answered, as soon as `store` is called. */
async function row(first: Partial<ItemView> = {}) {
  const view = (part: Partial<ItemView>) =>
    itemView({ code: 'T01.06', text: '四隔离', severity: 'L2', ...part })
  const state = shallowReactive({
    code: 'T01.06',
    view: view(first),
    draft: null as object | null,
    isEditing: false,
    trouble: null,
  })
  Object.defineProperty(state, 'shown', { get: () => state.view })
  const context = {
    model: {
      answer: (_code: string, result: string) => {
        state.draft = { result }
        state.view = view({ result, passed: result === 'pass', status: 'judged', missing: ['note'] })
      },
      form: ref(null),
    },
    current: ref(null),
    live: ref(null),
    goToMeasured: () => {},
    photos: { of: () => [] },
    goToGap: () => {},
  }
  const { wrapper } = await mountIn(
    ItemRow,
    { backend: fakeBackend({}).backend },
    {
      props: { state: state as unknown as ItemState, people: [], self: null },
      provide: { [FORM as symbol]: context as unknown as FormContext },
    },
  )
  const fail = wrapper.get('[data-verdict=fail]')
  const hasNote = () => wrapper.find('[data-note]').exists()
  return { wrapper, fail, hasNote, context, store: () => (state.draft = null) }
}

describe('a row that fails', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('shows a tap first, and what it opens once that is stored', async () => {
    const { fail, hasNote, context, store } = await row()
    await fail.trigger('pointerdown')
    await fail.trigger('click')
    expect(fail.attributes('aria-checked')).toBe('true')
    expect(hasNote()).toBe(false)
    expect(context.current.value).toBeNull()
    store()
    await vi.advanceTimersByTimeAsync(60)
    expect(hasNote()).toBe(true)
    expect([context.current.value, context.live.value]).toEqual(['T01.06', 'T01.06'])
  })

  it('has its note open for the next key when a key has answered', async () => {
    const { fail, hasNote } = await row()
    await fail.trigger('keydown', { key: '2' })
    await fail.trigger('click')
    await nextTick()
    expect(hasNote()).toBe(true)
    expect(document.activeElement?.matches('[data-note]')).toBe(true)
  })
})

describe('a row whose notes differ', () => {
  const note = (index: number, text: string, name: string) => ({
    index,
    text,
    text_en: text,
    value: text,
    at: 0,
    by: { id: name, name },
    counts: index === 0,
    device: 'd',
    device_name: null,
    figure: null,
    is_here: true,
    passed: null,
    unit: null,
  })

  it('shows both, with who wrote them, and where to decide', async () => {
    const { wrapper } = await row({ note_conflict: [note(0, '门坏了', '李敏'), note(1, '锁坏了', '吴大勇')] })
    const conflict = wrapper.get('.conflict')
    for (const words of ['门坏了', '李敏', '锁坏了', '吴大勇']) expect(conflict.text()).toContain(words)
    expect(conflict.find('a').exists()).toBe(true)
  })
})
