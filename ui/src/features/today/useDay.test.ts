import { describe, expect, it } from 'vitest'
import { fakeBackend } from '@/shared/testing/backend'
import { runIn } from '@/shared/testing/mount'
import { linkOf, markOf, nextThing, useDay, type PlanStep, type Today } from './useDay'

const detail = {
  cadence: 'daily',
  frequency: '每日，午餐供应前',
  frequency_en: 'Every day, before lunch is served',
  forms: 1,
  items: 15,
  answered: 0,
  failed: 0,
  percent: null,
  verdict: null,
  incomplete: false,
  by: null,
  is_older: false,
}
const step = (part: object, about: object = {}) =>
  ({
    key: 'k',
    time: null,
    until: null,
    title: '厨房日检',
    title_en: 'Kitchen daily check',
    state: 'next',
    kind: 'template',
    inspection: null,
    template: 'T01@1',
    code: 'T01',
    subject: null,
    subject_name: '食堂厨房',
    ...part,
    detail: { ...detail, ...about },
  }) as PlanStep
const today = (part: object) =>
  ({ plan: [], now: null, counts: { submitted_today: 0 }, ...part }) as unknown as Today
const finding = { id: 'f' } as Today['due'][number]

describe('the one next thing', () => {
  it('is the step of now, then the finding that is due first, then nothing', () => {
    const now = step({ state: 'now' })
    expect(nextThing(today({ now, plan: [now] }), [finding])).toEqual({ kind: 'step', step: now })
    expect(nextThing(today({}), [finding])).toEqual({ kind: 'finding', finding })
    expect(nextThing(today({ counts: { submitted_today: 3 } }), [])).toEqual({ kind: 'done', submitted: 3 })
    expect(nextThing(today({}), [])).toEqual({ kind: 'nothing' })
  })
})

describe('a step of the day', () => {
  it('leads to its form, or to the beginning of one', () => {
    expect(linkOf(step({ inspection: 'i' }))).toEqual({ path: '/inspections/i' })
    expect(linkOf(step({ subject: 's' }))).toEqual({
      path: '/inspections/new',
      query: { template: 'T01@1', subject: 's' },
    })
    expect(linkOf(step({}))).toEqual({ path: '/inspections/new', query: { template: 'T01@1' } })
  })

  it('stands out when it is done and something is wrong with it', () => {
    expect(markOf(step({ state: 'done' }))).toBe('done')
    expect(markOf(step({ state: 'done' }, { failed: 1 }))).toBe('alert')
    expect(markOf(step({ state: 'done' }, { incomplete: true }))).toBe('alert')
    expect(markOf(step({ state: 'open' }, { failed: 1 }))).toBe('open')
  })

  it('says what it is, how far it is, and how it went', async () => {
    const { result: day } = await runIn(() => useDay(), { backend: fakeBackend({}).backend })
    expect(day.detail(step({}))).toBe('食堂厨房 · 15 项 · 每日，午餐供应前')
    expect(
      day.detail(step({ kind: 'inspection', state: 'open' }, { answered: 5, by: { name: '李敏' } })),
    ).toBe('食堂厨房 · 5/15 项 · 李敏开始')
    const done = { answered: 15, verdict: 'pass', percent: '96.5', by: { name: '张桂花' } }
    expect(day.detail(step({ state: 'done' }, done))).toBe('食堂厨房 · 15/15 项 · 合格 96.5% · 张桂花')
    expect(day.detail(step({ state: 'done' }, { ...done, forms: 6 }))).toContain('6 份')
  })

  it('counts down to its time in minutes, then in hours, and says when it is over', async () => {
    const { result: day } = await runIn(() => useDay(), { backend: fakeBackend({}).backend })
    const minute = 60_000
    const left = (until: number) => day.countdown(step({ until }), 0)
    expect(left(42 * minute)).toEqual({ figure: '42', caption: '分钟后到时', isOver: false })
    expect(left(180 * minute)?.figure).toBe('3')
    expect(left(-8 * minute)).toEqual({ figure: '8', caption: '分钟已过', isOver: true })
    expect(left(13 * 60 * minute)).toBeNull()
    expect(day.countdown(step({}), 0)).toBeNull()
  })

  it('shows a time of its own only, not the end of the day', async () => {
    const { result: day } = await runIn(() => useDay(), { backend: fakeBackend({}).backend })
    const end = Date.parse('2026-11-26T16:00:00Z')
    expect(day.clock(step({ until: end }), end)).toBe('')
    expect(day.clock(step({ until: Date.parse('2026-11-26T03:30:00Z') }), end)).toBe('11:30')
    expect(day.clock(step({ time: Date.parse('2026-11-25T03:30:00Z') }, { is_older: true }), end)).toBe(
      '11-25',
    )
  })
})
