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
    vehicles: [{ id: 'c', plate: '浙A·D0312', at: 1, overdue: false }],
    stayed: [] as { class: string; name: string; day: string; names: string[] }[],
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
    await expect
      .poll(() => wrapper.find('.empty, [data-visitors], [data-closing], .calm').exists())
      .toBe(true)
    return { ...known, wrapper }
  }
  const acts = (calls: readonly { name: string; args: unknown }[]) =>
    calls.filter(({ name }) => name === 'entry.act').map(({ args }) => args)

  it('lets a visitor out by one press, and takes it back by another', async () => {
    const { wrapper, calls } = await gate({ 'entry.undo': {} as never })
    expect(wrapper.get('[data-closing]').text()).toContain('过了 20:00')
    await wrapper.get('[data-open=v1] [data-end]').trigger('click')
    await expect.poll(() => wrapper.find('[data-done]').text()).toContain('齐师傅已离校')
    expect(acts(calls)).toEqual([{ id: 'v1', act: 'leave', set: {} }])
    await wrapper.get('[data-undo]').trigger('click')
    await expect
      .poll(() => calls.find(({ name }) => name === 'entry.undo')?.args)
      .toEqual({ id: 'v1', entry: 'e' })
  })

  it('has what the gate has closed over first and once, each settled by one press, and children by their class', async () => {
    const late = [row('p', { name_enc: '苗苗' }), row('q', { name_enc: '朵朵' })]
    const { wrapper, calls } = await gate(
      {
        'entry.list': ({ kind }) => ({
          rows: kind === 'pupil_exit' ? [{ ...late[0]!, overdue: true }, late[1]!] : [],
          next: null,
        }),
      },
      {
        vehicles: [{ id: 'c', plate: '浙A·D0312', at: 1, overdue: true }],
        stayed: [{ class: 'k', name: '大一班', day: '2026-11-30', names: ['王小明'] }],
      },
    )
    const closing = () => wrapper.get('[data-closing]')
    await expect.poll(() => closing().findAll('[data-open]').length).toBe(3)
    const open = closing().findAll('[data-open]')
    expect(open.map((one) => one.attributes('data-open'))).toEqual(['v1', 'c', 'p'])
    expect(closing().get('[data-stayed=大一班]').text()).toContain('1 名幼儿没有离园登记')
    expect(closing().text()).toContain('王小明')
    expect(wrapper.findAll('[data-open=v1], [data-open=c], [data-open=p]')).toHaveLength(3)
    expect(wrapper.get('[data-pupils]').text()).toContain('朵朵')
    for (const id of ['c', 'p']) {
      await closing().get(`[data-open=${id}] [data-end]`).trigger('click')
      await expect.poll(() => acts(calls).length).toBe(id === 'c' ? 1 : 2)
      await expect
        .poll(() => closing().get('[data-open=p] [data-end]').attributes('disabled'))
        .toBeUndefined()
    }
    await expect
      .poll(() => acts(calls))
      .toEqual([
        { id: 'c', act: 'leave', set: {} },
        { id: 'p', act: 'back', set: {} },
      ])
  })

  it('finds one of many by a part of what they are called, and by pinyin', async () => {
    const many = Array.from({ length: 9 }, (_, at) => visitor(`v${at}`, { name: `来客${at}` }))
    const { wrapper } = await gate(
      { 'search.find': { hits: [{ id: 'v7' }] } as never },
      { visitors: [...many, visitor('w', { name: '钟师傅' })] },
    )
    const shown = () =>
      wrapper.findAll('[data-visitors] [data-open]').map((one) => one.attributes('data-open'))
    await wrapper.get('input[type=search]').setValue('师傅')
    await expect.poll(shown).toEqual(['v7', 'w'])
    await wrapper.get('input[type=search]').setValue('')
    await expect.poll(() => shown().length).toBe(10)
  })

  it('lets goods that were brought in be taken out, and those that were carried out come back', async () => {
    const goods = (id: string, direction: string) => row(id, { what: id }, { direction })
    const { wrapper } = await gate({
      'entry.list': ({ kind }) => ({
        rows: kind === 'goods_pass' ? [goods('梯子', '带入'), goods('投影仪', '带出')] : [],
        next: null,
      }),
    })
    await expect
      .poll(() => wrapper.findAll('[data-goods] [data-end]').map((end) => end.text()))
      .toEqual(['带走', '带回'])
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
