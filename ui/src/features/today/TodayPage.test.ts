import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import TodayPage from './TodayPage.vue'
import WaitingList from './WaitingList.vue'

const campus = (id: string, name: string) => ({ id, name, timezone: 'Asia/Shanghai', term_calendar: {} })

async function page(
  day: object,
  campuses = { campuses: [campus('c', '中心幼儿园')], here: 'c' as string | null },
) {
  const { backend, calls } = fakeBackend({
    'door.get': {
      door: 'tablet',
      version: '1',
      organisation: { id: 'o', name: '园' },
      account: null,
    } as never,
    'person.current': { by: { id: 'me', name: '李敏' }, roles: ['fso'], permissions: [] } as never,
    'campus.list': campuses as never,
    'campus.use': campuses as never,
    'finding.list': { findings: [], next: null } as never,
    'today.get': {
      campus: 'c',
      business_date: '2026-11-26',
      plan: [],
      now: null,
      counts: { submitted_today: 0, rows: 0, rows_mine: 0, missing: 0, missing_mine: 0 },
      rows: [],
      row_groups: [],
      missing: [],
      missing_groups: [],
      uncounted: [],
      drafts: [],
      sync: { conflicts: 0 },
      ...day,
    } as never,
  })
  const { wrapper } = await mountIn(TodayPage, { backend })
  await flushPromises()
  return { wrapper, calls }
}

describe('the day', () => {
  it('says that nothing is planned, and still offers to report', async () => {
    const { wrapper } = await page({})
    expect(wrapper.text()).toContain('今天没有排给您的检查')
    expect(wrapper.find('a[href="/findings/new"]').exists()).toBe(true)
    expect(wrapper.text()).toContain('11月26日 星期四')
  })

  it('says that everything is done', async () => {
    const { wrapper } = await page({
      counts: { submitted_today: 4, rows: 0, rows_mine: 0, missing: 0, missing_mine: 0 },
    })
    expect(wrapper.text()).toContain('今天的都做完了')
    expect(wrapper.text()).toContain('已提交 4 份')
  })

  it("counts in the bar what is this person's own, and speaks of colleagues where nothing is", async () => {
    const counts = { submitted_today: 0, rows: 3, rows_mine: 1, missing: 9, missing_mine: 2 }
    expect((await page({ counts })).wrapper.get('.bar').text()).toBe('登记 3 条')
    const none = { ...counts, rows_mine: 0, missing_mine: 0 }
    expect((await page({ counts: none })).wrapper.get('.bar').text()).toBe('同事的事 12 条')
  })

  it('asks once which campus the tablet serves', async () => {
    const two = { campuses: [campus('c', '本部'), campus('d', '分园')], here: null }
    const { wrapper, calls } = await page({ campus: null }, two)
    const button = wrapper.findAll('button').find((one) => one.text() === '分园')
    await button?.trigger('click')
    await flushPromises()
    expect(calls.find(({ name }) => name === 'campus.use')?.args).toEqual({ id: 'd' })
  })
})

describe('what two people filled in differently', () => {
  const waiting = async (conflicts: number, mine: number) => {
    const props = { findings: [], conflicts, mine }
    const { wrapper } = await mountIn(WaitingList, { backend: fakeBackend({}).backend }, { props })
    return wrapper.text()
  }

  it('is asked of who may decide it', async () => {
    const text = await waiting(3, 2)
    expect(text).toContain('请您选一个')
    expect(text).toContain('2 处两人填得不一样')
  })

  it('says to everybody else who may', async () => {
    const text = await waiting(3, 0)
    expect(text).not.toContain('请您选一个')
    expect(text).toContain('由开始那张表的人来选')
  })
})
