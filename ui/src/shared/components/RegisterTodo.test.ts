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
  ...more,
})
const day = (more: object = {}) => ({
  rows: [row('a')],
  missing: [],
  uncounted: [],
  drafts: [],
  counts: { rows: 1, missing: 0 },
  ...more,
})

const shown = async (today: object, language: 'zh' | 'en' = 'zh') =>
  (await mountIn(RegisterTodo, { backend: fakeBackend({}).backend, language }, { props: { today, most: 2 } }))
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

  it('says how many there are where it shows fewer', async () => {
    const rows = ['a', 'b', 'c'].map((id) => row(id))
    const wrapper = await shown(day({ rows, counts: { rows: 31, missing: 0 } }))
    expect(wrapper.findAll('li')).toHaveLength(2)
    expect(wrapper.text()).toContain('共 31 条')
  })

  it('leads from what is still to be written to its form, and says on what it rests', async () => {
    const missing = [
      {
        kind: 'disinfection_log',
        register: phrase('消毒记录'),
        what: phrase('大一班 口杯'),
        place: 'p',
        until: null,
      },
    ]
    const wrapper = await shown(day({ rows: [], missing, counts: { rows: 0, missing: 1 } }))
    expect(wrapper.get('a').attributes('href')).toBe('/registers/disinfection_log/new')
    expect(wrapper.text()).toContain('按本机收到的记录')
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
    const wrapper = await shown(day({ rows: [], uncounted: [act] }))
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
    const wrapper = await shown(day({ rows: [], drafts }))
    expect(wrapper.text()).toContain('赵厨离开前填了一半的')
    expect(wrapper.find('a').exists()).toBe(false)
  })

  it('shows nothing where nothing waits', async () => {
    const wrapper = await shown(day({ rows: [] }))
    expect(wrapper.text()).toBe('')
  })
})
