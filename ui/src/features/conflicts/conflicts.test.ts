import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandError, type AnswerKind, type ItemShape } from '@/backend'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn, runIn } from '@/shared/testing/mount'
import { itemShape } from '@/shared/testing/rows'
import ConflictCard from './ConflictCard.vue'
import { bothOf, byRecord, editorOf, pageOf, type Conflict, type Side } from './conflict'
import { useSideWords } from './useSideWords'
import { UNDO_MS, useDecisions } from './useDecisions'

const side = (index: number, value: unknown, part: Partial<Side> = {}): Side => ({
  index,
  value,
  text: String(value),
  text_en: String(value),
  figure: null,
  unit: null,
  passed: null,
  by: { id: 'p', name: '陈芳' },
  at: 0,
  device: 'd',
  device_name: '平板 2',
  is_here: false,
  counts: index === 0,
  ...part,
})
const conflict = (part: Partial<Conflict>): Conflict => ({
  id: 'r',
  kind: 'inspection',
  kind_zh: '检查',
  scope: null,
  title: '厨房日检',
  title_en: 'Kitchen daily check',
  version: 'v:1',
  field: 'answers/T01.12/result',
  label: '冷藏温度',
  label_en: 'Fridge',
  asks: true,
  rule: 'worst',
  joinable: false,
  joined: null,
  item: null,
  may_resolve: true,
  values: [side(0, 'b'), side(1, 'a')],
  ...part,
})
const item = (type: AnswerKind, part: Partial<ItemShape> = {}): ItemShape =>
  itemShape({ code: 'T01.12', text: '冷藏温度', severity: 'L3', ...part, type })

describe('the ways out of a conflict', () => {
  it.each<[AnswerKind, object | null]>([
    ['pass_fail', { kind: 'pass_fail' }],
    ['temperature', { kind: 'number', unit: '', unitEn: '', max: null }],
    ['text', { kind: 'text' }],
    ['signature', null],
    ['assets', null],
  ])('writes a new %s by %j', (type, editor) =>
    expect(editorOf(conflict({ item: item(type) }))).toEqual(editor),
  )

  it('writes words anew, and nothing that is no words', () => {
    expect(editorOf(conflict({ field: 'answers/T01.12/note', joinable: true }))).toEqual({ kind: 'text' })
    expect(editorOf(conflict({ field: 'name' }))).toEqual({ kind: 'text' })
    expect(editorOf(conflict({ field: 'severity' }))).toBeNull()
  })

  it('keeps both readings, the older first, and only readings', () => {
    const values = [side(0, [{ v: '9.0' }]), side(1, [{ v: '6.5' }])]
    expect(bothOf(conflict({ item: item('temperature'), values }))).toEqual([{ v: '6.5' }, { v: '9.0' }])
    expect(bothOf(conflict({ item: item('temperature'), values: [side(0, null), side(1, [])] }))).toBeNull()
    expect(bothOf(conflict({ item: item('text'), values }))).toBeNull()
  })

  it('lists conflicts by record and leads to the record', () => {
    const all = [conflict({ id: 'a', field: '1' }), conflict({ id: 'b' }), conflict({ id: 'a', field: '2' })]
    expect(byRecord(all).map(({ id, conflicts }) => [id, conflicts.length])).toEqual([
      ['a', 2],
      ['b', 1],
    ])
    expect(pageOf('finding', 'f', false)).toBe('/findings/f')
    expect(pageOf('person', 'p', false)).toBeNull()
  })
})

describe('a card', () => {
  const card = (part: Partial<Conflict>, props: object = {}) =>
    mountIn(
      ConflictCard,
      { backend: fakeBackend({}).backend },
      {
        props: { conflict: conflict(part), held: null, made: null, ...props },
      },
    )
  const button = (wrapper: Awaited<ReturnType<typeof card>>['wrapper'], text: string) =>
    wrapper.findAll('button').find((one) => one.text() === text)

  it('takes a value with one tap', async () => {
    const { wrapper } = await card({})
    await wrapper.findAll('article button')[1]?.trigger('click')
    expect(wrapper.emitted('decide')).toEqual([[{ take: 1, text: 'a' }]])
  })

  it('joins texts', async () => {
    const { wrapper } = await card({ joinable: true, joined: 'a；b' })
    await button(wrapper, '合成一条')?.trigger('click')
    expect(wrapper.emitted('decide')).toEqual([[{ value: 'a；b', text: 'a；b' }]])
  })

  it('says what counts meanwhile, and that nothing is lost', async () => {
    const { wrapper } = await card({})
    expect(wrapper.text()).toContain('按较严的“b”算')
    expect(wrapper.text()).toContain('不会丢')
  })

  it.each<['zh' | 'en', string, string]>([
    ['zh', '5 分', '合格'],
    ['en', '5 pts', 'Pass'],
  ])('says points and verdicts in the language of the screen: %s', async (language, points, pass) => {
    const { result: words } = await runIn(() => useSideWords(), {
      backend: fakeBackend({}).backend,
      language,
    })
    const score = conflict({ item: item('score', { max: 8 }) })
    expect(words(score, side(0, 5, { text: '5 分' }))).toBe(points)
    expect(words(conflict({ item: item('pass_fail') }), side(0, 'pass', { text: '合格' }))).toBe(pass)
    expect(words(conflict({ item: item('text') }), side(0, 'pass'))).toBe('pass')
    expect(words(conflict({}), side(0, '王秀兰'))).toBe('王秀兰')
  })

  it('offers a new choice in the language of the screen, and keeps it as it is stored', async () => {
    const shape = item('choice', { options: ['热力', '化学'], options_en: ['Heat', 'Chemicals'] })
    const { wrapper } = await mountIn(
      ConflictCard,
      { backend: fakeBackend({ 'draft.save': { at: 0 } }).backend, language: 'en' },
      { props: { conflict: conflict({ item: shape }), held: null, made: null } },
    )
    await button(wrapper, 'Write a new one')?.trigger('click')
    expect(wrapper.text()).toContain('Chemicals')
    expect(wrapper.text()).not.toContain('化学')
    await wrapper.find('input[value="化学"]').setValue()
    await wrapper.find('form').trigger('submit')
    expect(wrapper.emitted('decide')?.[0]).toMatchObject([{ value: '化学', text: 'Chemicals' }])
  })

  it('leaves the choice to who may choose', async () => {
    const { wrapper } = await card({ may_resolve: false })
    expect(wrapper.findAll('button')).toHaveLength(0)
    expect(wrapper.text()).toContain('由开始这张表的人来选')
  })
})

describe('a decision', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => vi.useRealTimers())
  const decisions = async (
    answer: NonNullable<Answers['conflict.resolve']> = { id: 'r', version: 'v:2' },
  ) => {
    const { backend, calls } = fakeBackend({ 'conflict.resolve': answer })
    const settled = vi.fn()
    const { result, wrapper } = await runIn(() => useDecisions(settled), { backend })
    const sent = () => calls.filter(({ name }) => name === 'conflict.resolve')
    return { result, wrapper, sent, settled }
  }

  it('is saved with what was seen, after it could be taken back', async () => {
    const { result, sent, settled } = await decisions()
    result.decide(conflict({}), { take: 1, text: 'a' })
    expect(result.heldOf('answers/T01.12/result')?.text).toBe('a')
    vi.advanceTimersByTime(UNDO_MS - 1)
    expect(sent()).toHaveLength(0)
    vi.advanceTimersByTime(1)
    await flushPromises()
    expect(sent()[0]?.args).toEqual({ id: 'r', field: 'answers/T01.12/result', seen: 'v:1', take: 1 })
    expect(settled).toHaveBeenCalledOnce()
  })

  it('that is taken back was never made', async () => {
    const { result, sent } = await decisions()
    result.decide(conflict({}), { take: 1, text: 'a' })
    result.undo('answers/T01.12/result')
    vi.advanceTimersByTime(UNDO_MS * 2)
    expect(sent()).toHaveLength(0)
    expect(result.heldOf('answers/T01.12/result')).toBeNull()
  })

  it('stands when one leaves the page', async () => {
    const { result, wrapper, sent } = await decisions()
    result.decide(conflict({}), { value: 'c', text: 'c' })
    wrapper.unmount()
    await flushPromises()
    expect(sent()[0]?.args).toMatchObject({ value: 'c' })
  })

  it('that somebody else has made meanwhile is no error', async () => {
    const { result } = await decisions(() => {
      throw new CommandError('not-in-conflict', 'no')
    })
    result.decide(conflict({}), { take: 0, text: 'b' })
    vi.advanceTimersByTime(UNDO_MS)
    await flushPromises()
    expect(result.error.value).toBeNull()
  })
})
