import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Component } from 'vue'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import DayPage from './DayPage.vue'
import SignalsPage from './SignalsPage.vue'
import { windowOf } from './testing'

const day = {
  ...{ day: '2026-11-23', is_today: true, is_school: true, needed: '5', gap_h: '2', as_of: null },
  ...{ extras: [], areas: [], windows: [windowOf()] },
}

interface Door {
  page?: Component
  office?: boolean
}

async function open(answers: Answers, { page = DayPage, office = true }: Door = {}) {
  const { backend, calls } = fakeBackend({
    'door.get': {
      ...{ door: office ? 'office' : 'tablet', version: '1', organisation: { id: 'o', name: '园' } },
      account: office
        ? { name: 'a', person: 'p', roles: [], must_begin: false, must_change_password: false }
        : null,
    },
    'person.current': {
      ...{ by: { id: 'p', name: '陈志强' }, roles: ['logi'], should_set_pin: false },
      permissions: ['patrol', 'report_finding'],
    },
    'campus.list': { campuses: [], here: null },
    'sync.status': { last_success_at: Date.parse('2026-11-23T06:05:00+08:00'), badge: 'offline' },
    ...answers,
  })
  const { wrapper } = await mountIn(page, { backend, path: '/patrol/board', route: '/patrol/board' })
  await flushPromises()
  onTestFinished(() => wrapper.unmount())
  return { wrapper, asked: (name: string) => calls.filter((call) => call.name === name) }
}

describe('the board of a day', () => {
  it('names the tablets that it waits for, and offers no finding of what they may still bring', async () => {
    const row = windowOf({ heard: false, waiting: ['平板 1', '平板 2'] })
    const { wrapper } = await open({ 'patrol.board': { ...day, windows: [row] } })
    expect(wrapper.get('[data-window=am]').text()).toContain('未到报')
    expect(wrapper.text()).toContain('平板 1、平板 2')
    expect(wrapper.text()).not.toContain('漏')
    expect(wrapper.findAll('[data-window=am] button')).toHaveLength(0)
  })

  it('calls a gap missed once all were heard from, and makes a finding of it by a press alone', async () => {
    let finding: string | null = null
    const { wrapper, asked } = await open({
      'patrol.board': () => ({ ...day, windows: [windowOf({ finding })] }),
      'patrol.gap': () => ({ id: (finding = 'f') }),
    })
    expect(wrapper.get('[data-window=am]').text()).toContain('漏巡')
    expect(asked('patrol.gap')).toHaveLength(0)
    await wrapper.get('[data-window=am] button').trigger('click')
    await flushPromises()
    expect(asked('patrol.gap')[0]?.args).toEqual({ route: 'r', day: '2026-11-23', window: 'am' })
    expect(wrapper.get('[data-window=am] a').attributes('href')).toBe('/findings/f')
  })

  it('says on a tablet what was not seen there, and until when it has heard', async () => {
    const row = windowOf({ heard: false, covered: 3 })
    const { wrapper } = await open({ 'patrol.board': { ...day, windows: [row] } }, { office: false })
    expect(wrapper.get('[data-window=am]').text()).toMatch(/1 点本机未见（截至 .* 同步）/)
    expect(wrapper.text()).not.toContain('漏')
  })

  it('is calm on a day without school', async () => {
    const { wrapper } = await open({ 'patrol.board': { ...day, is_school: false } })
    expect(wrapper.get('[data-window=am]').classes()).not.toContain('loud')
    expect(wrapper.text()).toContain('不上学的日子')
    const none = await open({ 'patrol.board': { ...day, is_school: false, windows: [] } })
    expect(none.wrapper.text()).toContain('这一天不上学，没有要巡的时段。')
  })

  it('tells the least walked key area, and a gap that is longer than it may be', async () => {
    const area = {
      ...{ area: 'a', name: '配电室', rounds: 4, longest_gap_min: 150, gap_unknown: false },
      why_not: null,
    }
    const { wrapper } = await open({ 'patrol.board': { ...day, areas: [area] } })
    expect(wrapper.get('[data-least]').text()).toBe('最少的是 配电室，4/5 次')
    expect(wrapper.text()).toContain('最长 2 小时 30 分 没有人到，超过 2 小时')
  })

  it('blames nobody for a key area that lies on no route, or is closed', async () => {
    const none = { rounds: 0, longest_gap_min: null, gap_unknown: false }
    const areas = [
      { area: 'a', name: '锅炉房', ...none, why_not: 'no_route' as const },
      { area: 'b', name: '旧楼', ...none, why_not: 'closed' as const },
    ]
    const { wrapper } = await open({ 'patrol.board': { ...day, areas } })
    expect(wrapper.find('[data-least]').exists()).toBe(false)
    expect(wrapper.findAll('.area').map((row) => row.text())).toEqual(['锅炉房不在任何路线', '旧楼关闭中'])
    expect(wrapper.find('.few').exists()).toBe(false)
  })
})

describe('what is worth a look', () => {
  it('is told in words that accuse nobody, and says that it is one’s own', async () => {
    const row = {
      ...{ run: 'x', day: '2026-11-23', route_name: '日巡', route_name_en: null, late_reason: null },
      ...{
        window: 'am',
        window_name: '上午',
        window_name_en: null,
        kind: 'short' as const,
        by_s: 40,
        checkpoints: ['c'],
        earlier: null,
      },
      ...{ points: ['大门'], people: [{ id: 'p', name: '陈志强' }] },
    }
    const { wrapper } = await open({ 'patrol.signals': { rows: [row] } }, { page: SignalsPage })
    expect(wrapper.text()).toContain('大门：停留比要求少 40 秒')
    expect(wrapper.text()).toContain('只有和您自己有关的')
    expect(wrapper.text()).toContain('不说明谁做错了')
  })

  it('leads from a photo to the round on which it stood before', async () => {
    const row = {
      ...{ run: 'x', day: '2026-11-23', route_name: '日巡', route_name_en: null, late_reason: null },
      ...{
        window: 'am',
        window_name: '上午',
        window_name_en: null,
        by_s: null,
        people: [],
        points: ['大门'],
      },
      ...{ kind: 'photo_before' as const, checkpoints: ['c'], earlier: 'y' },
    }
    const { wrapper } = await open({ 'patrol.signals': { rows: [row] } }, { page: SignalsPage })
    const links = wrapper.findAll('[data-signal=photo_before] a')
    expect(links.map((link) => link.attributes('href'))).toEqual(['/patrol/x', '/patrol/y'])
    expect(links[0]!.text()).toContain('大门：照片和以前一轮的是同一张')
  })
})
