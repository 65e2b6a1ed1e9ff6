import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { BACKEND, CommandError, type ItemView } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import type { KeptDraft } from '../model/drafts'
import { formView, itemView, keptDrafts } from '../testing'
import { useForm, type FormModel } from './useForm'

const ID = '0197d000-0000-7000-8000-000000000001'

const item = (code: string, part: Partial<ItemView> = {}) =>
  itemView({ code, text: code, severity: 'L2', ...part })

/** A store with two items, as the commands would answer for it. */
function store() {
  const state = {
    items: new Map([
      ['a', item('a')],
      ['b', item('b', { severity: 'L4', is_of_rest: false })],
    ]),
    version: 1,
    /** What the next answer is refused with. */
    refuse: null as CommandError | null,
  }
  const filled = (code: string) => ({
    id: ID,
    version: `own-${(state.version += 1)}`,
    items: [item(code, state.items.get(code))],
    missing: 0,
    next_gap: null,
    score: formView([]).score,
    undo: {},
  })
  const write = (code: string, part: Partial<ItemView>) =>
    state.items.set(code, { ...item(code, state.items.get(code)), ...part })
  const fake = fakeBackend({
    'inspection.get': () => formView([...state.items.values()], { id: ID, version: `read-${state.version}` }),
    'inspection.answer': (args) => {
      if (state.refuse) throw state.refuse
      const result = typeof args.result === 'string' ? args.result : null
      write(args.item, { result, status: 'judged', passed: result === 'pass', missing: [] })
      return filled(args.item)
    },
    'inspection.note': (args) => {
      write(args.item, { note: args.note })
      return filled(args.item)
    },
    'inspection.rest': () => {
      write('a', { result: 'pass', how: 'batch', status: 'judged', passed: true, missing: [] })
      return filled('a')
    },
    'inspection.undo': (args) => {
      write(args.item ?? 'a', { result: null, status: 'unanswered', passed: null, missing: ['answer'] })
      return filled(args.item ?? 'a')
    },
  })
  return { ...fake, state, write }
}

function open(from: ReturnType<typeof store>, drafts = keptDrafts()): FormModel {
  let model: FormModel | undefined
  const Page = defineComponent({
    setup() {
      model = useForm(ID, drafts)
      return () => h('div')
    },
  })
  mount(Page, { global: { provide: { [BACKEND as symbol]: from.backend } } })
  return model as FormModel
}

const saves = (from: ReturnType<typeof store>) => from.calls.filter(({ name }) => name !== 'inspection.get')
const settle = () => vi.advanceTimersByTimeAsync(2_000)

describe('an open form', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('draws a tap before it is stored', async () => {
    const from = store()
    const model = open(from)
    await settle()
    model.answer('a', 'fail')
    expect(model.item('a')?.shown.passed).toBe(false)
    expect(model.item('a')?.shown.missing).toEqual(['note'])
    await settle()
    expect(from.state.items.get('a')?.result).toBe('fail')
    expect(model.unsaved.value).toBe(0)
  })

  it('gives each save what the one before has answered as seen', async () => {
    const from = store()
    const model = open(from)
    await settle()
    model.answer('a', 'pass')
    model.answer('b', 'fail')
    await settle()
    const seen = saves(from).map(({ args }) => (args as { seen: string }).seen)
    expect(seen).toEqual(['read-1', 'own-2'])
  })

  it('stores a note once a pause in typing comes, and at once when it is left', async () => {
    const from = store()
    const model = open(from)
    await settle()
    model.note('a', '门', 'soon')
    model.note('a', '门没关', 'soon')
    await vi.advanceTimersByTimeAsync(100)
    expect(saves(from)).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(300)
    expect(saves(from)).toHaveLength(1)
    model.note('a', '门没关严', 'soon')
    await model.flush()
    expect(from.state.items.get('a')?.note).toBe('门没关严')
  })

  it('never lets what arrives overwrite what is being typed, and keeps what its author had seen', async () => {
    const from = store()
    const model = open(from)
    await settle()
    const state = model.item('a')!
    state.isEditing = true
    model.note('a', '我写的', 'soon')
    from.write('a', { note: '别人写的' })
    from.write('b', { result: 'pass', status: 'judged', passed: true, missing: [] })
    from.state.version = 7
    model.reload()
    await vi.advanceTimersByTimeAsync(1)
    expect(state.shown.note).toBe('我写的')
    expect(model.item('b')?.shown.result).toBe('pass')
    await model.flush()
    expect((saves(from)[0]?.args as { seen: string }).seen).toBe('read-1')
  })

  it('keeps a refused answer on its row, and finds it again the next time', async () => {
    const from = store()
    const drafts = keptDrafts()
    const model = open(from, drafts)
    await settle()
    from.state.refuse = new CommandError('bad-answer', 'no number')
    model.answer('a', '很烫')
    await settle()
    expect(model.item('a')?.trouble?.error.code).toBe('bad-answer')
    expect(model.item('a')?.shown.result).toBe('很烫')
    const again = open(from, drafts)
    await settle()
    expect(again.item('a')?.shown.result).toBe('很烫')
    from.state.refuse = null
    again.retry('a')
    await settle()
    expect(again.unsaved.value).toBe(0)
  })

  it('stores what was typed as soon as its field is left', async () => {
    const from = store()
    const model = open(from)
    await settle()
    model.item('a')!.isEditing = true
    model.answer('a', '6.5', 'soon')
    model.note('b', '门没关严', 'soon')
    expect(saves(from)).toHaveLength(0)
    await Promise.race([model.leave('field'), settle()])
    expect(saves(from).map(({ name }) => name)).toEqual(['inspection.answer', 'inspection.note'])
    expect(model.unsaved.value).toBe(0)
  })

  it('keeps each letter before it is an answer, and forgets it when it is one', async () => {
    const from = store()
    const kept = new Map<string, KeptDraft>()
    const model = open(from, keptDrafts(kept))
    await settle()
    model.answer('a', '6', 'soon')
    expect(kept.get('a')).toEqual({ result: '6', seen: 'read-1' })
    await settle()
    expect(kept.size).toBe(0)
  })

  it('saves what was typed before with what its author had seen then', async () => {
    const from = store()
    const kept = new Map<string, KeptDraft>([['a', { note: '我写的', seen: 'long-ago' }]])
    const model = open(from, keptDrafts(kept))
    await settle()
    expect(model.item('a')?.shown.note).toBe('我写的')
    expect(model.item('a')?.trouble?.error.code).toBe('not-stored-before')
    model.reload()
    await settle()
    model.retry('a')
    await settle()
    expect((saves(from)[0]?.args as { seen: string }).seen).toBe('long-ago')
    expect(kept.size).toBe(0)
  })

  it('does not offer what got into the record in time', async () => {
    const from = store()
    from.write('a', { note: '我写的' })
    const kept = new Map<string, KeptDraft>([['a', { note: '我写的', seen: 'long-ago' }]])
    const model = open(from, keptDrafts(kept))
    await settle()
    expect(model.item('a')?.trouble).toBeNull()
    expect(kept.size).toBe(0)
  })

  it('says that a value is meant with that value alone', async () => {
    const from = store()
    const model = open(from)
    await settle()
    model.insist('a', [{ v: '372' }])
    await settle()
    model.answer('a', [{ v: '733' }])
    await settle()
    const sure = saves(from).map(({ args }) => (args as { sure?: boolean }).sure)
    expect(sure).toEqual([true, undefined])
  })

  it('tries again by itself when there was no answer', async () => {
    const from = store()
    const model = open(from)
    await settle()
    from.state.refuse = new CommandError('no-answer', '')
    model.answer('a', 'pass')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(model.item('a')?.trouble?.error.code).toBe('no-answer')
    from.state.refuse = null
    await vi.advanceTimersByTimeAsync(4_000)
    expect(from.state.items.get('a')?.result).toBe('pass')
  })

  it('takes the last answer back, a whole section after "the rest is fine"', async () => {
    const from = store()
    const model = open(from)
    await settle()
    model.rest('人员')
    expect(model.item('a')?.shown.result).toBe('pass')
    expect(model.item('b')?.shown.result).toBeNull()
    await settle()
    const undone = await Promise.race([model.undo.run(), settle()])
    expect((undone as { section?: string }).section).toBe('人员')
    expect(saves(from).at(-1)?.args).toMatchObject({ section: '人员' })
  })
})
