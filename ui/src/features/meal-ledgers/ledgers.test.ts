import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { MealLedger } from '@/backend'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import BoardLedgers from './BoardLedgers.vue'
import LedgersPage from './LedgersPage.vue'
import { standing, toLookAt, unlisted } from './ledgers'

const gap = (of: object = {}) => ({
  ...{ date: '2026-11-23', meal: '午餐', kitchen: '', about: null, what: '西瓜', count: 1, heard: true },
  ...of,
})
const ledger = (of: Partial<MealLedger> = {}): MealLedger => ({
  ledger: 'samples',
  name: { zh: '菜品与留样', en: 'Dishes and samples' },
  lacks: { zh: '没有足量的留样', en: 'no sample that is large enough' },
  compared: 4,
  found: 3,
  unseen: 0,
  unproved: 0,
  gaps: [gap()],
  ...of,
})

describe('how two ledgers stand', () => {
  it('never calls what was only not heard of a gap, nor what compared nothing clean', () => {
    expect(standing(ledger())).toBe('gap')
    expect(standing(ledger({ gaps: [gap({ heard: false })] }))).toBe('unheard')
    expect(standing(ledger({ gaps: [], found: 4, unproved: 1 }))).toBe('unproved')
    expect(standing(ledger({ gaps: [], found: 4 }))).toBe('clean')
    expect(standing(ledger({ gaps: [], found: 0, compared: 0 }))).toBe('nothing')
  })

  it('puts what is certain first, and counts what is not listed', () => {
    const unheard = ledger({ ledger: 'checks', gaps: [gap({ heard: false })] })
    const clean = ledger({ ledger: 'menu', gaps: [], found: 4 })
    expect(toLookAt([clean, unheard, ledger()]).map((one) => one.ledger)).toEqual(['samples', 'checks'])
    expect(unlisted(ledger({ compared: 300, found: 100 }))).toBe(199)
  })
})

async function open(component: object, answers: Answers, isOffice: boolean) {
  const { backend, calls } = fakeBackend({
    'door.get': {
      ...{ door: isOffice ? 'office' : 'tablet', version: '1', organisation: { id: 'o', name: '园' } },
      account: isOffice
        ? { name: 'a', person: 'p', roles: [], must_begin: false, must_change_password: false }
        : null,
    },
    'person.current': {
      ...{ by: { id: 'p', name: '陈安' }, roles: ['fso'], should_set_pin: false },
      permissions: ['see_kitchen'],
    },
    'campus.list': { campuses: [], here: null },
    'sync.status': { last_success_at: null, badge: 'offline' },
    'sheet.list': { sheets: [] },
    ...answers,
  })
  const { wrapper } = await mountIn(component, { backend, path: '/ledgers', route: '/ledgers' })
  await flushPromises()
  onTestFinished(() => wrapper.unmount())
  return { wrapper, calls }
}

describe('the page of the ledgers', () => {
  const week = (ledgers: MealLedger[]) => ({ from: '2026-11-17', to: '2026-11-23', ledgers })

  it('names each gap with its day, its meal and its dish', async () => {
    const { wrapper } = await open(LedgersPage, { 'meal.ledgers': week([ledger()]) }, false)
    const row = wrapper.get('[data-ledger=samples]').text()
    expect(row).toContain('对上 3/4')
    expect(row).toContain('11月23日')
    expect(row).toContain('午餐 · 西瓜')
    expect(row).toContain('没有足量的留样')
    const second = week([ledger({ gaps: [gap({ kitchen: '二食堂' })] })])
    expect((await open(LedgersPage, { 'meal.ledgers': second }, false)).wrapper.text()).toContain(
      '二食堂 · 午餐 · 西瓜',
    )
  })

  it('says of what was not heard of that it was not seen here, in the words of the door', async () => {
    const unheard = week([ledger({ gaps: [gap({ heard: false })] })])
    const tablet = (await open(LedgersPage, { 'meal.ledgers': unheard }, false)).wrapper.text()
    expect(tablet).toContain('本机未见')
    expect(tablet).not.toContain('没有足量的留样')
    expect((await open(LedgersPage, { 'meal.ledgers': unheard }, true)).wrapper.text()).toContain('未到报')
  })

  it('has nothing to compare on days without a meal', async () => {
    const none = week([ledger({ compared: 0, found: 0, gaps: [] })])
    expect((await open(LedgersPage, { 'meal.ledgers': none }, false)).wrapper.text()).toContain(
      '没有可核对的',
    )
    expect((await open(BoardLedgers, { 'meal.ledgers': none }, true)).wrapper.find('section').exists()).toBe(
      false,
    )
  })

  it('shows a few gaps of each on the board, and how many more there are', async () => {
    const many = Array.from({ length: 5 }, (_, at) => gap({ what: `菜${String(at)}` }))
    const { wrapper } = await open(
      BoardLedgers,
      { 'meal.ledgers': week([ledger({ compared: 8, gaps: many })]) },
      true,
    )
    expect(wrapper.findAll('.gaps li')).toHaveLength(3)
    expect(wrapper.text()).toContain('还有 2 条')
    expect(wrapper.find('a[href="/ledgers"]').exists()).toBe(true)
  })
})
