import { effectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { CommandError, type ItemView } from '@/backend'
import type { KeptDraft } from './model/drafts'
import type { FormPort } from './port'
import { itemView, keptDrafts, noScore, placeForm } from './testing'
import { useForm, type FormModel } from './useForm'

const item = (code: string, part: Partial<ItemView> = {}) =>
  itemView({ code, text: code, severity: 'L2', ...part })

/** A place with two items that no kind of record has, as its commands would answer for it. */
function store() {
  const state = {
    items: new Map([
      ['a', item('a')],
      ['b', item('b', { severity: 'L4', is_of_rest: false })],
    ]),
    version: 1,
    /** What the next answer is refused with. */
    refuse: null as CommandError | null,
    /** Tells the form that something has changed elsewhere. */
    tell: () => {},
  }
  const calls: { name: string; args: Record<string, unknown> }[] = []
  const write = (code: string, part: Partial<ItemView>) =>
    state.items.set(code, { ...item(code, state.items.get(code)), ...part })
  /** Notes a call, and answers as a command does after writing `part`. */
  const wrote = async (name: string, args: object, code: string, part: Partial<ItemView>) => {
    calls.push({ name, args: { ...args } })
    if (state.refuse) throw state.refuse
    write(code, part)
    return {
      id: 'place',
      version: `own-${(state.version += 1)}`,
      items: [item(code, state.items.get(code))],
      missing: 0,
      next_gap: null,
      score: noScore(2),
      undo: {},
    }
  }
  const open: Partial<ItemView> = { result: null, status: 'unanswered', passed: null, missing: ['answer'] }
  const port: FormPort = {
    read: async () => placeForm([...state.items.values()], { version: `read-${state.version}` }),
    answer(given) {
      const result = typeof given.result === 'string' ? given.result : null
      return wrote('answer', given, given.item, {
        result,
        status: 'judged',
        passed: result === 'pass',
        missing: [],
      })
    },
    note: (given) => wrote('note', given, given.item, { note: given.note }),
    photo: (given) => wrote('photo', given, given.item, {}),
    rest: (given) =>
      wrote('rest', given, 'a', {
        result: 'pass',
        how: 'batch',
        status: 'judged',
        passed: true,
        missing: [],
      }),
    undo: (given) => wrote('undo', given, given.item, open),
    undoRest: (given) => wrote('undoRest', given, 'a', open),
    undoPhoto: (given) => wrote('undoPhoto', given, given.item, {}),
    watch(changed) {
      state.tell = changed
      return () => void (state.tell = () => {})
    },
  }
  return { port, calls, state, write }
}

function open(from: ReturnType<typeof store>, drafts = keptDrafts()): FormModel {
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  return scope.run(() => useForm(from.port, drafts)) as FormModel
}

const saves = (from: ReturnType<typeof store>) => from.calls
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
    const seen = saves(from).map(({ args }) => args.seen)
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
    expect(saves(from)[0]?.args.seen).toBe('read-1')
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
    expect(saves(from).map(({ name }) => name)).toEqual(['answer', 'note'])
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

  it('lets nobody go before the store has heard that what it took is no draft any more', async () => {
    const from = store()
    const kept = new Map<string, KeptDraft>()
    /** The drafts as the store of the device has them. */
    let stored: string[] = []
    const flush = async () => void (stored = [...kept.keys()])
    const model = open(from, { ...keptDrafts(kept), flush })
    await settle()
    model.note('b', '门没关严', 'soon')
    await flush()
    expect(stored).toEqual(['b'])
    await Promise.race([model.leave('page'), settle()])
    expect(saves(from).map(({ name }) => name)).toEqual(['note'])
    expect(stored).toEqual([])
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
    expect(saves(from)[0]?.args.seen).toBe('long-ago')
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
    const sure = saves(from).map(({ args }) => args.sure)
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
    expect(saves(from).at(-1)).toMatchObject({ name: 'undoRest', args: { section: '人员' } })
  })

  it('takes back what was typed by writing what stood there, and a tap by an undo', async () => {
    const from = store()
    from.write('a', { result: 'pass', status: 'judged', passed: true, missing: [] })
    const model = open(from)
    await settle()
    model.answer('a', 'fail', 'soon')
    await settle()
    await Promise.race([model.undo.run(), settle()])
    expect(saves(from).at(-1)).toMatchObject({ name: 'answer', args: { item: 'a', result: 'pass' } })
    model.answer('b', 'fail')
    await settle()
    await Promise.race([model.undo.run(), settle()])
    expect(saves(from).at(-1)).toMatchObject({ name: 'undo', args: { item: 'b' } })
  })

  it('puts photos in and takes them off in order with the answers', async () => {
    const from = store()
    const model = open(from)
    await settle()
    const photo = { blob: 'aa', mime: 'image/jpeg', size: 1, taken_at: 1, source: 'camera' as const }
    model.answer('a', 'fail')
    void model.photo('a', photo)
    void model.undoPhoto('a', 'aa')
    await settle()
    expect(saves(from).map(({ name, args }) => [name, args.seen])).toEqual([
      ['answer', 'read-1'],
      ['photo', 'own-2'],
      ['undoPhoto', 'own-3'],
    ])
  })

  it('reads the form anew when something changed elsewhere', async () => {
    const from = store()
    const model = open(from)
    await settle()
    from.write('b', { result: 'pass', status: 'judged', passed: true, missing: [] })
    from.state.tell()
    await settle()
    expect(model.item('b')?.shown.result).toBe('pass')
  })
})
