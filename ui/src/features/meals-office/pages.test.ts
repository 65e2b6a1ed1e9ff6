import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Component } from 'vue'
import { CommandError, type MenuWeek } from '@/backend'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn, overlaysSettled, topDialog } from '@/shared/testing/mount'
import BoardPage from './board/BoardPage.vue'
import LeftoversPage from './figures/LeftoversPage.vue'
import MenuPage from './menu/MenuPage.vue'
import SamplesPage from './samples/SamplesPage.vue'
import TracePage from './trace/TracePage.vue'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime('2026-11-24T10:00:00+08:00')
})
afterEach(() => void vi.useRealTimers())

async function open(page: Component, path: string, answers: Answers) {
  const { backend, calls } = fakeBackend({
    'door.get': {
      ...{ door: 'office', version: '1', organisation: { id: 'o', name: '园' } },
      account: { name: 'a', person: 'p', roles: [], must_begin: false, must_change_password: false },
    },
    'person.current': {
      ...{ by: { id: 'p', name: '陈安' }, roles: ['fso'], should_set_pin: false },
      permissions: ['see_reports'],
    },
    'campus.list': { campuses: [], here: null },
    'sync.status': { last_success_at: null, badge: 'synced' },
    'draft.get': { draft: null },
    'draft.save': {} as never,
    ...answers,
  })
  const { wrapper, router } = await mountIn(page, { backend, path, route: path.split('?')[0] ?? path })
  await flushPromises()
  onTestFinished(() => wrapper.unmount())
  return { wrapper, router, asked: (name: string) => calls.filter((call) => call.name === name) }
}

const dish = (name: string) => ({ id: `id-${name}`, name, category: '热菜', made_here: null, allergens: [] })
const lunch = (date: string, names: string[], changes: MenuWeek['meals'][number]['changes'] = []) => ({
  ...{ date, type: '午餐', served: true, changes },
  dishes: names.map(dish),
})
const thisWeek: MenuWeek = {
  ...{ monday: '2026-11-23', version: 'v1', may_write: true },
  meals: [
    lunch(
      '2026-11-24',
      ['红烧肉'],
      [
        { was: '红烧肉', name: '红烧肉', struck: '肉没到' },
        { was: null, name: '鱼丸汤', struck: null },
      ],
    ),
    lunch('2026-11-25', ['米饭']),
    lunch('2026-11-26', []),
  ],
}
const menus =
  (weeks: MenuWeek[] = [thisWeek]) =>
  ({ day }: { day?: string | null }) =>
    weeks.find(({ monday }) => monday === day) ?? { monday: day, version: null, may_write: true, meals: [] }
const known = ({ typed }: { typed?: string | null }) => ({
  dishes: typed?.startsWith('d') ? [{ ...dish('冬瓜汤'), category: '汤', last: '2026-11-17', times: 3 }] : [],
  banned: typed === '豆角' ? '四季豆' : null,
})

describe('the menu', () => {
  it('is planned with the keyboard, kept from the first dish, and saved with what the form had', async () => {
    const { wrapper, asked } = await open(MenuPage, '/kitchen/menu', {
      'menu.get': menus(),
      'menu.known': known,
      'menu.save': thisWeek,
    })
    await wrapper.get('[data-meal="2026-11-25 午餐"]').trigger('click')
    await overlaysSettled()
    const field = topDialog().get('input[role=combobox]')
    await field.setValue('dgt')
    await vi.waitFor(() => expect(topDialog().findAll('[role=option]')).toHaveLength(1))
    await field.trigger('keydown', { key: 'ArrowDown' })
    await field.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(
      topDialog()
        .findAll('[data-dish]')
        .map((one) => one.attributes('data-dish')),
    ).toEqual(['米饭', '冬瓜汤'])
    await vi.waitFor(() => expect(asked('draft.save').length).toBeGreaterThan(0))
    await wrapper.get('[data-save]').trigger('click')
    await flushPromises()
    expect(asked('menu.save')[0]?.args).toMatchObject({
      day: '2026-11-23',
      seen: 'v1',
      meals: [
        {
          ...{ date: '2026-11-25', type: '午餐', had: ['id-米饭'] },
          dishes: [{ name: '米饭' }, { name: '冬瓜汤', category: '汤' }],
        },
      ],
    })
  })

  it('takes no banned food, and says by which rule', async () => {
    const { wrapper } = await open(MenuPage, '/kitchen/menu', { 'menu.get': menus(), 'menu.known': known })
    await wrapper.get('[data-meal="2026-11-26 午餐"]').trigger('click')
    await overlaysSettled()
    const field = topDialog().get('input[role=combobox]')
    await field.setValue('豆角')
    await vi.waitFor(() => expect(topDialog().text()).toContain('「豆角」不得制售：四季豆'))
    await field.trigger('keydown', { key: 'Enter' })
    expect(topDialog().findAll('[data-dish]')).toHaveLength(0)
  })

  it('shows the rule of a save that was refused, and keeps what was typed', async () => {
    const details = { rule: 'banned', zh: '「豆角」不得制售：四季豆', en: 'banned', field: 'name' }
    const { wrapper } = await open(MenuPage, '/kitchen/menu', {
      'menu.get': menus([
        { ...thisWeek, meals: [lunch('2026-11-25', [])] },
        { ...thisWeek, monday: '2026-11-16', meals: [lunch('2026-11-18', ['豆角'])] },
      ]),
      'menu.known': known,
      'menu.save': () => {
        throw new CommandError('bad-value', 'banned', 'name', details)
      },
    })
    await wrapper
      .findAll('button')
      .find((button) => button.text() === '照搬上周')
      ?.trigger('click')
    await wrapper.get('[data-save]').trigger('click')
    await flushPromises()
    expect(wrapper.get('[data-banned]').text()).toBe('「豆角」不得制售：四季豆')
    expect(wrapper.get('[data-meal="2026-11-25 午餐"]').text()).toContain('豆角')
  })

  it('of today is changed with a reason alone, and shows what was changed', async () => {
    const { wrapper, asked } = await open(MenuPage, '/kitchen/menu', {
      'menu.get': menus(),
      'menu.known': known,
      'meal.card': { dishes: [{ id: 'd1', name: '红烧肉', struck: null }] },
      'meal.strike': {},
    })
    const today = wrapper.get('[data-meal="2026-11-24 午餐"]')
    expect(today.text()).toContain('肉没到')
    expect(today.text()).toContain('鱼丸汤')
    await today.trigger('click')
    await overlaysSettled()
    await flushPromises()
    await topDialog().get('select').setValue('d1')
    await topDialog().get('form').trigger('submit')
    expect(topDialog().text()).toContain('请写明原因')
    expect(asked('meal.strike')).toHaveLength(0)
    await topDialog().findAll('input').at(0)?.setValue('肉没到')
    await topDialog().get('form').trigger('submit')
    await flushPromises()
    expect(asked('meal.strike')[0]?.args).toEqual({
      ...{ meal: { date: '2026-11-24', type: '午餐' }, dish: 'd1', reason: '肉没到', replaced_by: null },
    })
  })

  it('of a day that is over is not changed', async () => {
    const past = { ...thisWeek, meals: [lunch('2026-11-23', ['馒头'])] }
    const { wrapper } = await open(MenuPage, '/kitchen/menu', { 'menu.get': menus([past]) })
    await wrapper.get('[data-meal="2026-11-23 午餐"]').trigger('click')
    await overlaysSettled()
    expect(document.querySelector('[role=dialog]')).toBeNull()
  })
})

describe('a trace', () => {
  const line = {
    ...{
      id: '0197d000-0000-7000-8000-000000000001',
      item_name: '猪前腿肉',
      batch: 'B1123',
      expires_on: null,
    },
    ...{ supplier: '鲜达', day: '2026-11-23', decision: '接收' },
  }
  const meal = { date: '2026-11-23', type: '午餐', kitchen: null }

  it('says what is linked, what is not, and which classes ate of it', async () => {
    const { wrapper, asked } = await open(TracePage, `/kitchen/trace?lines=${line.id}`, {
      'entry.list': { rows: [], next: null, newer: 0 },
      'meal.trace': {
        dishes: [{ id: 'd', name: '红烧肉', meal, classes: ['小一班'], samples: ['A-02'], lines: [line.id] }],
        lines: [line],
        unlinked_dishes: ['冬瓜汤'],
        unlinked_lines: [],
      },
    })
    expect(asked('meal.trace')[0]?.args).toEqual({ lines: [line.id] })
    expect(wrapper.get('[data-classes]').text()).toBe('吃过的班级：小一班')
    expect(wrapper.get('[data-dish="红烧肉"]').text()).toContain('猪前腿肉')
    expect(wrapper.get('[data-unlinked-dishes]').text()).toContain('可能也用了')
  })

  it('of ingredients that went nowhere does not say that nobody ate of them', async () => {
    const { wrapper } = await open(TracePage, `/kitchen/trace?lines=${line.id}`, {
      'entry.list': { rows: [], next: null, newer: 0 },
      'meal.trace': { dishes: [], lines: [line], unlinked_dishes: [], unlinked_lines: [] },
    })
    expect(wrapper.text()).toContain('也可能用了没有登记')
  })
})

describe('the sample fridge', () => {
  it('shows how long each is still kept, what is sealed, and where its card is', async () => {
    const sample = {
      ...{ id: 's1', dish: '冬瓜汤', box_no: 'A-07', fridge: '留样柜', grams: '130', taken_at: 0 },
      ...{ meal: { date: '2026-11-23', type: '午餐', kitchen: null }, by: null, ready_at: null },
      ...{ gone_at: null, gone_by: null, way: null },
    }
    const { wrapper } = await open(SamplesPage, '/kitchen/samples', {
      'meal.samples': {
        samples: [
          { ...sample, state: 'waiting', left_ms: 3_660_000, held: false, problems: ['grams'] },
          { ...sample, id: 's2', state: 'waiting', left_ms: 0, held: true, problems: ['on-hold'] },
        ],
        is_checked: false,
        now: 0,
      },
    })
    const first = wrapper.get('[data-sample=s1]')
    expect(first.text()).toContain('还要存 1:01')
    expect(first.text()).toContain('时钟未核对')
    expect(first.text()).toContain('克数不足')
    expect(decodeURI(first.findAll('a').at(-1)?.attributes('href') ?? '')).toBe('/meals/2026-11-23~午餐')
    expect(wrapper.get('[data-sample=s2]').text()).toContain('封存，不得销毁')
    expect(wrapper.text()).toContain('本机的时间没有核对')
  })
})

describe('the board of meals', () => {
  it('says who is late and with what, and opens the card', async () => {
    const tag = { date: '2026-11-24', type: '午餐', kitchen: null }
    const stage = (code: string, state: string) => ({
      ...{ stage: code, state, name: { zh: code, en: null }, missing: [], may_waive: false, waived: null },
    })
    const { wrapper } = await open(BoardPage, '/kitchen/board', {
      'meal.list': { date: '2026-11-24', day_checked: true, meals: [{ meal: tag }], clocks: [] },
      'meal.card': {
        ...{ id: 'm', meal: tag, planned_at: null, cancelled: null, closed: [], problems: [] },
        stages: [stage('menu', 'done'), stage('sample', 'now')],
        service: { missing: 1, minutes_left: -7 },
        before_service: [{ stage: 'sample', code: 'sample', what: '冬瓜汤', about: null, heard: true }],
      },
    })
    const meal = wrapper.get('[data-meal="午餐"]')
    expect(meal.get('[data-late]').text()).toContain('开餐已过 7 分，还差 1 项')
    expect(meal.text()).toContain('没有留样：冬瓜汤')
    expect(decodeURI(meal.get('h2 a').attributes('href') ?? '')).toBe('/meals/2026-11-24~午餐')
  })
})

describe('leftovers', () => {
  it('mark a class that leaves too much for three days, and say where no rate is known', async () => {
    const meal = {
      ...{ id: 'i', date: '2026-11-23', meal: null, issued: '20', unit: '份', leftover: '2' },
      ...{ leftover_unit: '千克', percent: null },
    }
    const { wrapper } = await open(LeftoversPage, '/kitchen/leftovers', {
      'meal.leftovers': {
        limit: '10',
        classes: [{ class: 'c', name: '小一班', over: true, meals: [meal] }],
        dishes: [{ name: '清蒸鱼', times: 3, percent: '20' }],
      },
    })
    expect(wrapper.get('[data-class="小一班"] [data-over]').text()).toBe('连续三天偏多')
    expect(wrapper.get('[data-class="小一班"]').text()).toContain('算不出')
    expect(wrapper.get('[data-dish="清蒸鱼"]').text()).toContain('20%')
  })
})
