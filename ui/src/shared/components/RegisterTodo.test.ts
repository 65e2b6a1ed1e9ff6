import { describe, expect, it } from 'vitest'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import RegisterTodo from './RegisterTodo.vue'

const phrase = (zh: string, en: string | null = null) => ({ zh, en })
const row = (id: string, more: object = {}) => ({
  id,
  kind: 'health_certificate',
  register: phrase('健康证明', 'Health certificates'),
  title: phrase('赵厨'),
  stage: phrase('在册', 'On file'),
  due: 1_788_229_800_000,
  overdue: false,
  tone: 'near',
  note: phrase('还有 10 天', '10 days left'),
  assignee: null,
  place: null,
  mine: true,
  ...more,
})
const group = (count: number, more: object = {}) => ({
  kind: 'health_certificate',
  register: phrase('健康证明', 'Health certificates'),
  mine: true,
  count,
  ...more,
})
const missing = (count: number, more: object = {}) => ({
  kind: 'disinfection_log',
  register: phrase('消毒记录', 'Disinfection'),
  what: phrase('毛巾', 'Towels'),
  per: 'class',
  count,
  until: null,
  mine: true,
  ...more,
})
const day = (more: object = {}) => ({
  rows: [row('a')],
  row_groups: [group(1)],
  missing_groups: [],
  uncounted: [],
  drafts: [],
  ...more,
})

const shown = async (today: object, language: 'zh' | 'en' = 'zh', most = 2) =>
  (await mountIn(RegisterTodo, { backend: fakeBackend({}).backend, language }, { props: { today, most } }))
    .wrapper

describe('what registers wait for', () => {
  it('says of a row what it is, where it stands and how near its time is, and leads there', async () => {
    const wrapper = await shown(day())
    expect(wrapper.text()).toContain('健康证明')
    expect(wrapper.get('.time.near').text()).toBe('还有 10 天')
    expect(wrapper.find('a[href="/entries/a"]').exists()).toBe(true)
    const english = await shown(day(), 'en')
    expect(english.text()).toContain('10 days left')
  })

  it('shows the first rows of a register, and leads to its list for the rest', async () => {
    const rows = ['a', 'b', 'c', 'd'].map((id) => row(id))
    const wrapper = await shown(day({ rows, row_groups: [group(31)] }), 'zh', 12)
    expect(wrapper.findAll('li')).toHaveLength(4)
    const last = wrapper.findAll('a').at(-1)
    expect([last?.text(), last?.attributes('href')]).toEqual([
      '健康证明还有 28 条',
      '/registers/health_certificate',
    ])
  })

  it('shows more lines when it is asked to', async () => {
    const missing_groups = ['毛巾', '口杯', '玩具'].map((zh) => missing(6, { what: phrase(zh) }))
    const wrapper = await shown(day({ rows: [], row_groups: [], missing_groups }))
    expect(wrapper.findAll('li')).toHaveLength(2)
    await wrapper.get('button').trigger('click')
    expect(wrapper.findAll('li')).toHaveLength(3)
    expect(wrapper.find('button').exists()).toBe(false)
  })

  it('leads from what is missing at one place to its form, and says on what it rests', async () => {
    const missing_groups = [missing(1, { what: phrase('大一班 口杯') })]
    const wrapper = await shown(day({ rows: [], row_groups: [], missing_groups }))
    expect(wrapper.get('a').attributes('href')).toBe('/registers/disinfection_log/new')
    expect(wrapper.text()).toContain('大一班 口杯')
    expect(wrapper.text()).toContain('按本机收到的记录')
  })

  it('says of what is missing at several places at how many, in one line that leads to the list', async () => {
    const today = day({ rows: [], row_groups: [], missing_groups: [missing(6)] })
    const wrapper = await shown(today)
    expect(wrapper.get('a').attributes('href')).toBe('/registers/disinfection_log')
    expect(wrapper.text()).toContain('毛巾 · 6 个班未记')
    expect((await shown(today, 'en')).text()).toContain('Towels · 6 classes not written')
  })

  it("puts the work of colleagues behind one's own", async () => {
    const rows = [row('a'), row('b', { mine: false })]
    const row_groups = [group(1), group(1, { mine: false })]
    const missing_groups = [missing(6, { mine: false })]
    const wrapper = await shown(day({ rows, row_groups, missing_groups }))
    const parts = wrapper.findAll('[data-todo]').map((part) => part.attributes('data-todo'))
    expect(parts).toEqual(['rows', 'others'])
    expect(wrapper.get('[data-todo=others]').findAll('li')).toHaveLength(2)
    expect(wrapper.get('[data-todo=rows]').findAll('li')).toHaveLength(1)
  })

  it('says why an act does not count', async () => {
    const act = {
      id: 's',
      kind: 'duty_shift',
      register: phrase('值班'),
      title: phrase('东门岗'),
      act: phrase('到岗'),
      at: 1_788_229_800_000,
      why: 'already',
    }
    const wrapper = await shown(day({ rows: [], row_groups: [], uncounted: [act] }))
    expect(wrapper.text()).toContain('到岗：已经有人先做了')
  })

  it('tells of drafts that are removed soon, and leads nowhere from those of who left', async () => {
    const drafts = [
      {
        form: null,
        record: null,
        person: { id: 'p', name: '赵厨' },
        count: 2,
        removed_at: 1_788_229_800_000,
      },
    ]
    const wrapper = await shown(day({ rows: [], row_groups: [], drafts }))
    expect(wrapper.text()).toContain('赵厨离开前填了一半的')
    expect(wrapper.find('a').exists()).toBe(false)
  })

  it('shows nothing where nothing waits', async () => {
    const wrapper = await shown(day({ rows: [], row_groups: [] }))
    expect(wrapper.text()).toBe('')
  })
})
