import { describe, expect, it } from 'vitest'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { candidatesOf, returning, type Row, type Visitor } from './gate'
import GatePage from './GatePage.vue'

const visitor = (id: string, part: Partial<Visitor> = {}): Visitor => ({
  id,
  name: id,
  org: null,
  people: 1,
  badge: null,
  host: null,
  at: 1,
  overdue: false,
  ...part,
})
const row = (id: string, words: Record<string, string>, fields: Record<string, unknown> = {}) =>
  ({
    id,
    title: id,
    overdue: false,
    fields,
    words: Object.fromEntries(Object.entries(words).map(([name, zh]) => [name, { zh, en: null }])),
  }) as unknown as Row

describe('who comes again', () => {
  it('stands there once, and not while inside', () => {
    const rows = [
      row('1', { name: '齐师傅', org: '清泉水务' }),
      row('2', { name: '毛经理', org: '绿源' }),
      row('3', { name: '毛经理', org: '绿源' }),
    ]
    const inside = [visitor('v', { name: '齐师傅', org: '清泉水务' })]
    expect(returning(rows, inside).map(({ id }) => id)).toEqual(['2'])
  })
})

describe('a leaving without an entry', () => {
  it('is one of the visits that fit, or of all where none does', () => {
    const visits = [visitor('a'), visitor('b')]
    const left = (fitting: string[]) => ({ id: 'l', name: '某人', visits: fitting })
    expect(candidatesOf(left(['b']), visits).map(({ id }) => id)).toEqual(['b'])
    expect(candidatesOf(left([]), visits).map(({ id }) => id)).toEqual(['a', 'b'])
  })
})

describe('the gate', () => {
  const inside = {
    now: 2,
    as_of: 1,
    age_min: 1,
    not_here: [] as ('children' | 'gate')[],
    classes: [],
    visitors: [visitor('v1', { name: '齐师傅', org: '清泉水务', badge: 'A01', overdue: true })],
    unpaired: [{ id: 'u', name: '某人', visits: ['v1'] }],
    vehicles: [{ id: 'c', plate: '浙A·D0312', at: 1 }],
    staff: [],
    children_n: 0,
    visitors_n: 1,
    staff_n: 0,
  }
  async function gate(more: Answers = {}, told: Partial<typeof inside> = {}) {
    const known = fakeBackend({
      'door.get': { door: 'tablet', organisation: 'o' } as never,
      'person.current': {
        by: { id: 'g', name: '吴大勇' },
        permissions: ['register_visitors', 'register_pupil_exit'],
      } as never,
      'campus.list': { campuses: [], here: null } as never,
      'draft.list': { drafts: [] },
      'area.list': { areas: [] } as never,
      'gate.inside': { ...inside, ...told },
      'entry.list': ({ kind }) => ({
        rows: kind === 'pupil_exit' ? [row('p', { name_enc: '苗苗', class: '三（2）班' })] : [],
        next: null,
      }),
      'entry.act': { entry: 'e', not_counted: null } as never,
      ...more,
    })
    const { wrapper } = await mountIn(GatePage, { backend: known.backend })
    await expect.poll(() => wrapper.find('.empty, [data-visitors], .calm').exists()).toBe(true)
    return { ...known, wrapper }
  }
  const acts = (calls: readonly { name: string; args: unknown }[]) =>
    calls.filter(({ name }) => name === 'entry.act').map(({ args }) => args)

  it('lets a visitor out by one press, and takes it back by another', async () => {
    const { wrapper, calls } = await gate({ 'entry.undo': {} as never })
    expect(wrapper.get('[data-open=v1]').text()).toContain('已过离校时间')
    await wrapper.get('[data-open=v1] [data-end]').trigger('click')
    await expect.poll(() => wrapper.find('[data-done]').text()).toContain('齐师傅已离校')
    expect(acts(calls)).toEqual([{ id: 'v1', act: 'leave', set: {} }])
    await wrapper.get('[data-undo]').trigger('click')
    await expect
      .poll(() => calls.find(({ name }) => name === 'entry.undo')?.args)
      .toEqual({ id: 'v1', entry: 'e' })
  })

  it('brings a pupil back by one press', async () => {
    const { wrapper, calls } = await gate()
    await expect.poll(() => wrapper.find('[data-open=p]').exists()).toBe(true)
    await wrapper.get('[data-open=p] [data-end]').trigger('click')
    await expect.poll(() => acts(calls)).toEqual([{ id: 'p', act: 'back', set: {} }])
  })

  it('asks a person which visit a leaving was, and says when that does not count', async () => {
    const { wrapper, calls } = await gate({ 'entry.act': { entry: 'e', not_counted: 'already' } as never })
    await wrapper.get('[data-unpaired=u] [data-pair]').trigger('click')
    await expect.poll(() => wrapper.find('[data-done]').text()).toContain('已经有人先登记了')
    expect(acts(calls)).toEqual([{ id: 'u', act: 'pair', set: { visit: 'v1' } }])
  })

  it('says that nothing is open', async () => {
    const { wrapper } = await gate(
      { 'entry.list': { rows: [], next: null } as never },
      {
        visitors: [],
        unpaired: [],
        vehicles: [],
      },
    )
    await expect.poll(() => wrapper.find('.calm').exists()).toBe(true)
  })

  it('says on a tablet of a class that visitors are not there', async () => {
    const { wrapper, calls } = await gate({}, { not_here: ['gate'] })
    expect(wrapper.text()).toContain('不在本平板')
    expect(calls.some(({ name }) => name === 'entry.list')).toBe(false)
  })
})
