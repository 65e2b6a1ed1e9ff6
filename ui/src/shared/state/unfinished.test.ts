import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { CommandError, type Arguments } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { runIn } from '@/shared/testing/mount'
import { leave, storingBeforeSwitches } from './leave'
import { useSession } from './session'
import { useUnfinished } from './unfinished'

type Kept = Arguments<'draft.save'> & { at: number }

/** A tablet with a store of drafts; it refuses whoever does not work there, as the door does. */
function tablet(who = 'li') {
  const drafts = new Map<string, Kept>()
  const state = { who: who as string | null, refuse: null as CommandError | null }
  const place = (args: { form: string; record?: string | null }) =>
    `${state.who} ${args.form} ${args.record ?? ''}`
  const fake = fakeBackend({
    'door.get': { door: 'tablet', version: '1', organisation: { id: 'o', name: '园' }, account: null },
    'person.current': () => ({
      by: state.who && { id: state.who, name: state.who },
      roles: [],
      permissions: [],
      should_set_pin: false,
    }),
    'person.switch': ({ person }) => {
      state.who = person ?? null
      return { by: person && { id: person, name: person }, roles: [], permissions: [], should_set_pin: false }
    },
    'campus.list': { campuses: [], here: null },
    'draft.get': (args) => ({ draft: drafts.get(place(args)) ?? null }),
    'draft.save': (args) => {
      if (state.refuse) throw state.refuse
      drafts.set(place(args), { ...args, at: 5 })
      return { at: 5 }
    },
    'draft.discard': (args) => {
      drafts.delete(place(args))
      return { at: null }
    },
  })
  const { call } = fake.backend
  /** As the door does it: what is of one person is refused while another works. */
  fake.backend.call = async (name, args, as) => {
    if (name.startsWith('draft.') && as !== state.who) throw new CommandError('other-person', '')
    return call(name, args)
  }
  return { ...fake, drafts, state, words: () => [...drafts].map(([at, { set }]) => [at, set]) }
}

const KEY = { form: 'finding.report' }
const fresh = () => ({ words: '', photos: [] as string[] })

async function open(from: ReturnType<typeof tablet>, initial = fresh, seen?: () => string) {
  const opened = await runIn(
    () => ({
      unfinished: useUnfinished<ReturnType<typeof fresh>>(KEY, initial, seen ? { seen } : {}),
      session: useSession(),
    }),
    { backend: from.backend },
  )
  await opened.result.unfinished.ready
  return { ...opened.result, values: opened.result.unfinished.values, close: () => opened.wrapper.unmount() }
}
/** The same tablet after its page was loaded anew. */
const reloaded = (from: ReturnType<typeof tablet>) => ({ ...from, backend: { ...from.backend } })

describe('what was begun', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is kept from the first letter on, after a pause of a moment', async () => {
    const from = tablet()
    const { values } = await open(from)
    values.words = '灯'
    await vi.advanceTimersByTimeAsync(150)
    expect(from.words()).toEqual([['li finding.report ', { words: '灯' }]])
  })

  it('is kept at once when its field, its page or the tablet is left', async () => {
    for (const left of ['field', 'page', 'all'] as const) {
      const from = tablet()
      const { values } = await open(from)
      values.words = left
      await leave(left)
      expect(from.words(), left).toEqual([['li finding.report ', { words: left }]])
    }
    const from = tablet()
    const { values, close } = await open(from)
    values.words = '走'
    close()
    await flushPromises()
    expect(from.words()).toHaveLength(1)
  })

  it('stands there again when the page was loaded anew, and says since when', async () => {
    const from = tablet()
    const first = await open(from)
    first.values.words = '灯管不亮'
    first.values.photos.push('p1')
    await leave('all')
    const { values, unfinished } = await open(reloaded(from))
    expect(values).toEqual({ words: '灯管不亮', photos: ['p1'] })
    expect(unfinished.offeredAt.value).toBe(5)
  })

  it('is shown to nobody else, and to its author again', async () => {
    const from = tablet()
    const first = await open(from)
    first.values.words = '李敏的话'
    await leave('page')
    from.state.who = 'zhang'
    const other = await open(from)
    expect(other.values.words).toBe('')
    other.values.words = '张桂花的话'
    await leave('page')
    from.state.who = 'li'
    expect((await open(from)).values.words).toBe('李敏的话')
    expect((await open(reloaded(from))).values.words).toBe('李敏的话')
  })

  it('never goes under another name: it waits until its author is back', async () => {
    const from = tablet()
    const { values, unfinished } = await open(from)
    from.state.who = 'zhang'
    values.words = '李敏的话'
    await leave('field')
    expect(from.words()).toEqual([])
    expect(unfinished.problem.value?.code).toBe('other-person')
    from.state.who = 'li'
    await vi.advanceTimersByTimeAsync(3_000)
    expect(from.words()).toEqual([['li finding.report ', { words: '李敏的话' }]])
    expect(unfinished.problem.value).toBeNull()
  })

  it('is stored under its author before the tablet is handed over', async () => {
    const from = tablet()
    const { values } = await open(from)
    values.words = '还没停下'
    await storingBeforeSwitches(from.backend).call('person.switch', { person: 'zhang' })
    expect(from.words()).toEqual([['li finding.report ', { words: '还没停下' }]])
  })

  it('is kept as soon as the program is there again', async () => {
    const from = tablet()
    const { values } = await open(from)
    from.state.refuse = new CommandError('no-answer', '')
    values.words = '灯'
    await vi.advanceTimersByTimeAsync(1_000)
    from.state.refuse = null
    await vi.advanceTimersByTimeAsync(3_000)
    expect(from.words()).toHaveLength(1)
  })

  it('is gone when it was given in', async () => {
    const from = tablet()
    const { values, unfinished } = await open(from)
    values.words = '灯'
    await leave('field')
    await unfinished.done()
    expect([from.words(), values.words]).toEqual([[], ''])
  })

  it('can be emptied, and brought back until something new is typed', async () => {
    const from = tablet()
    const { values, unfinished } = await open(from)
    values.words = '灯'
    await leave('field')
    unfinished.discard()
    await leave('field')
    expect([from.words(), values.words]).toEqual([[], ''])
    unfinished.takeBack.value?.()
    await leave('field')
    expect([from.words().length, values.words]).toEqual([1, '灯'])
    unfinished.discard()
    values.words = '门'
    expect(unfinished.takeBack.value).toBeNull()
  })

  it('goes on with what its author had seen, and tells what others changed meanwhile', async () => {
    const from = tablet()
    const record = ref({ words: '旧', photos: [] as string[] })
    const version = ref('v1')
    const first = await open(
      from,
      () => record.value,
      () => version.value,
    )
    first.values.words = '我改的'
    await leave('all')
    record.value = { words: '别人改的', photos: ['新'] }
    version.value = 'v2'
    const { values, unfinished } = await open(
      reloaded(from),
      () => record.value,
      () => version.value,
    )
    expect(values).toEqual({ words: '我改的', photos: ['新'] })
    expect(unfinished.seen()).toBe('v1')
    expect(unfinished.changedSince.value).toEqual(['words'])
    await unfinished.done()
    expect(values.words).toBe('别人改的')
  })

  it('follows its record while it is untouched', async () => {
    const from = tablet()
    const record = ref({ words: '旧', photos: [] as string[] })
    const { values } = await open(from, () => record.value)
    record.value = { words: '新', photos: [] }
    await flushPromises()
    expect(values.words).toBe('新')
    expect(from.words()).toEqual([])
  })

  it('is not offered when it got into the record in time', async () => {
    const from = tablet()
    from.drafts.set('li finding.report ', { ...KEY, set: { words: '存了' }, base: { words: '' }, at: 5 })
    const { unfinished } = await open(from, () => ({ words: '存了', photos: [] }))
    expect(unfinished.offeredAt.value).toBeNull()
    await leave('field')
    expect(from.words()).toEqual([])
  })

  it('shows what an older form asked for as text, and keeps it', async () => {
    const from = tablet()
    from.drafts.set('li finding.report ', { ...KEY, set: { colour: '红的' }, at: 5 })
    const { values, unfinished } = await open(from)
    expect(unfinished.left.value).toEqual(['红的'])
    values.words = '灯'
    await leave('field')
    expect(from.words()).toEqual([['li finding.report ', { colour: '红的', words: '灯' }]])
  })

  it('of nobody goes with the page', async () => {
    const from = tablet()
    from.state.who = null
    const first = await open(from)
    first.values.words = '谁'
    await leave('all')
    first.close()
    expect((await open(from)).values.words).toBe('')
    expect(from.words()).toEqual([])
  })
})
