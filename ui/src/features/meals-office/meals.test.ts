import { describe, expect, it } from 'vitest'
import type { EntryRow, KeptSample, MealGap, MenuWeek, TraceDish, TraceLine } from '@/backend'
import { grouped, lateBy } from './board/standing'
import { isOutside, labelled, lineThrough, momentsOf, scaleOf, ticksOf, type Point } from './figures/chart'
import { licencesOf } from './figures/licences'
import { curvesOf, limitsFor } from './figures/temperatures'
import { mondayOf } from './weeks'
import { allergensOf, changedMeals, copied, typesOf, wayOf, weekDraft } from './menu/week'
import { samplesIn } from './samples/fridge'
import { byMeal, classesOf, linesIn, unusedLines } from './trace/traced'

const dish = (name: string) => ({ id: `id-${name}`, name, category: '热菜', made_here: null, allergens: [] })
const meal = (date: string, names: string[], type = '午餐') => ({
  ...{ date, type, served: true, changes: [] },
  dishes: names.map(dish),
})
const week = (monday: string, meals: MenuWeek['meals']): MenuWeek => ({
  ...{ monday, version: 'v1', may_write: true },
  meals,
})

describe('a week', () => {
  it('begins on its Monday', () => {
    expect([mondayOf('2026-11-23'), mondayOf('2026-11-29')]).toEqual(['2026-11-23', '2026-11-23'])
  })
})

describe('the menu of a week', () => {
  const stored = week('2026-11-23', [meal('2026-11-24', ['红烧肉']), meal('2026-11-25', [])])

  it('saves the meals that differ alone, each with the dishes that it had', () => {
    const draft = weekDraft(stored)
    expect(changedMeals(draft, weekDraft(stored))).toEqual([])
    draft['2026-11-24 午餐']?.dishes.push({
      name: '米饭',
      category: '',
      made_here: false,
      allergens: ['麸质'],
    })
    expect(changedMeals(draft, weekDraft(stored))).toEqual([
      {
        ...{ date: '2026-11-24', type: '午餐', had: ['id-红烧肉'] },
        dishes: [
          { name: '红烧肉', category: '热菜', made_here: null, allergens: [] },
          { name: '米饭', category: null, made_here: false, allergens: ['麸质'] },
        ],
      },
    ])
  })

  it('copies another week day by day, and never over what stands there', () => {
    const draft = weekDraft(stored)
    const last = week('2026-11-16', [
      meal('2026-11-17', ['清蒸鱼']),
      meal('2026-11-18', ['冬瓜汤']),
      meal('2026-11-16', ['馒头']),
    ])
    const filled = copied(draft, '2026-11-23', last, (date) => date > '2026-11-23')
    expect(filled).toBe(1)
    expect(draft['2026-11-24 午餐']?.dishes.map(({ name }) => name)).toEqual(['红烧肉'])
    expect(draft['2026-11-25 午餐']?.dishes.map(({ name }) => name)).toEqual(['冬瓜汤'])
    expect(draft['2026-11-23 午餐']?.dishes).toEqual([])
  })

  it('is planned freely from tomorrow on, changed with a reason today, and read alone before', () => {
    const today = '2026-11-24'
    expect(wayOf('2026-11-25', today, undefined)).toBe('plan')
    expect(wayOf(today, today, stored.meals[0])).toBe('change')
    expect(wayOf(today, today, meal(today, []))).toBe('plan')
    expect(wayOf('2026-11-23', today, undefined)).toBe('past')
  })

  it('has a line for each meal that is served or planned, in the order of the day', () => {
    const snack = week('2026-11-23', [meal('2026-11-24', ['苹果'], '午点'), ...stored.meals])
    expect(typesOf(snack, weekDraft(snack))).toEqual(['午餐', '午点'])
  })

  it('takes allergens apart at any comma, each once', () => {
    expect(allergensOf(' 鸡蛋、牛奶，鸡蛋; 花生 ')).toEqual(['鸡蛋', '牛奶', '花生'])
  })
})

describe('a trace', () => {
  const line = (id: string, part: Partial<TraceLine> = {}): TraceLine => ({
    ...{ id, item_name: id, batch: null, expires_on: null, supplier: null, day: null, decision: null },
    ...part,
  })
  const traced = (name: string, lines: string[], date = '2026-11-23'): TraceDish => ({
    ...{ id: name, name, lines, samples: [], classes: ['小一班'] },
    meal: { date, type: '午餐', kitchen: null },
  })

  it('tells dishes by their meals with the lines that may be seen, and each class once', () => {
    const meals = byMeal({
      dishes: [traced('红烧肉', ['a', 'hidden']), traced('汤', []), traced('肉饼', ['a'], '2026-11-24')],
      lines: [line('a')],
    })
    expect(meals.map(({ dishes }) => dishes.map(({ lines }) => lines.map(({ id }) => id)))).toEqual([
      [['a'], []],
      [['a']],
    ])
    expect(classesOf(meals)).toEqual(['小一班'])
  })

  it('names the lines that no dish is made of', () => {
    const dishes = [traced('红烧肉', ['a'])]
    expect(unusedLines({ dishes, lines: [line('a'), line('b')] }).map(({ id }) => id)).toEqual(['b'])
    expect(linesIn('x,0197d000-0000-7000-8000-000000000001')).toHaveLength(1)
  })
})

describe('the fridge', () => {
  const sample = (part: Partial<KeptSample>): KeptSample => ({
    ...{ id: 's', dish: '汤', meal: null, box_no: 'A', fridge: null, grams: '125', by: null, taken_at: 0 },
    ...{ state: 'waiting', left_ms: 1, ready_at: null, held: false, problems: [] },
    ...{ gone_at: null, gone_by: null, way: null },
    ...part,
  })

  it('has views of what is there, may go, is held, is wrong, and is gone', () => {
    const all = [
      sample({ id: 'w' }),
      sample({ id: 'r', state: 'ready', problems: ['grams'] }),
      sample({ id: 'h', held: true, problems: ['on-hold'] }),
      sample({ id: 'd', state: 'disposed' }),
      sample({ id: 'e', state: 'early', problems: ['early'], held: true }),
    ]
    const ids = (view: Parameters<typeof samplesIn>[1]) => samplesIn(all, view).map(({ id }) => id)
    expect(ids('kept')).toEqual(['w', 'r', 'h'])
    expect(ids('ready')).toEqual(['r'])
    expect(ids('held')).toEqual(['h'])
    expect(ids('trouble')).toEqual(['r', 'e'])
    expect(ids('gone')).toEqual(['d', 'e'])
  })
})

describe('the board', () => {
  it('says that service is late only with something missing, and never of a meal that was cancelled', () => {
    const card = (missing: number, minutes_left: number | null, cancelled: unknown = null) =>
      ({ service: { missing, minutes_left }, cancelled }) as Parameters<typeof lateBy>[0]
    expect(lateBy(card(2, -12))).toBe(12)
    expect([
      lateBy(card(0, -12)),
      lateBy(card(2, 3)),
      lateBy(card(2, null)),
      lateBy(card(2, -9, {})),
    ]).toEqual([null, null, null, null])
  })

  it('tells what is missing of one sort in one line, and that it was only not heard of', () => {
    const gap = (code: string, what: string, heard = true): MealGap => ({
      ...{ stage: 'sample', about: null },
      ...{ code, what, heard },
    })
    expect(grouped([gap('sample', '米饭'), gap('core', '汤'), gap('sample', '汤', false)])).toEqual([
      { stage: 'sample', code: 'sample', what: ['米饭', '汤'], isHeard: false },
      { stage: 'sample', code: 'core', what: ['汤'], isHeard: true },
    ])
  })
})

describe('a curve', () => {
  const point = (at: number, value: number, isOut = false): Point => ({
    ...{ id: String(at), label: '' },
    ...{ at, value, isOut },
  })
  const size = { width: 640, height: 220 }

  it('takes in every value and both limits, in steps that people count in', () => {
    expect(ticksOf([0, 8, 8.9])).toEqual([0, 2, 4, 6, 8, 10])
    expect(ticksOf([-20, -12, -18])).toEqual([-20, -18, -16, -14, -12])
    expect(ticksOf([70, 66, 92])).toEqual([60, 70, 80, 90, 100])
  })

  it('draws higher values higher and later ones further right, and the band between its limits', () => {
    const points = [point(0, 2), point(50, 9, true), point(100, 4)]
    const scale = scaleOf(points, { min: 0, max: 8 }, size)
    expect(scale.x(0)).toBeLessThan(scale.x(50))
    expect(scale.y(9)).toBeLessThan(scale.band.top)
    expect(scale.y(4)).toBeGreaterThan(scale.band.top)
    expect(scale.band.bottom).toBeCloseTo(scale.y(0))
    expect(lineThrough(points, scale).split(' ')).toHaveLength(3)
    expect(Number.isFinite(scaleOf([point(7, 5)], { min: null, max: null }, size).x(7))).toBe(true)
  })

  it('labels what lies outside, and no two labels over each other', () => {
    const points = [point(0, 9, true), point(10, 9, true), point(300, 9, true), point(400, 5)]
    expect(labelled(points, (at) => at, 100).map(({ at }) => at)).toEqual([0, 300])
    expect([isOutside(8, { min: 0, max: 8 }), isOutside(8.1, { min: 0, max: 8 })]).toEqual([false, true])
  })

  it('names midnights by the school’s clock, and no more than there is room for', () => {
    const day = 86_400_000
    expect(momentsOf(day / 2, 4 * day, 0, 10)).toEqual([day, 2 * day, 3 * day, 4 * day])
    expect(momentsOf(0, 20 * day, 0, 5)).toHaveLength(6)
  })
})

const row = (id: string, fields: EntryRow['fields'], part: Partial<EntryRow> = {}): EntryRow => ({
  ...{ id, kind: '', title: '', title_en: null, at: null, by: null, day: null, due: null, stage: 'filed' },
  ...{ stage_label: null, stage_label_en: null, conflict: false, corrected: false, late: false },
  ...{ open: false, overdue: false, void: false, tones: {}, words: {} },
  fields,
  ...part,
})

describe('temperatures', () => {
  const settings = [
    { key: 'cold.c', value: { min: '0', max: '8' } },
    { key: 'food.core_c', value: '70' },
    { key: 'freeze.c', value: '-12' },
  ] as unknown as Parameters<typeof limitsFor>[1]
  const words = { label: (c: string) => c, fridge: () => '2 号冷藏柜' }

  it('have the limits of what was measured', () => {
    expect(limitsFor('冷藏', settings)).toEqual({ min: 0, max: 8 })
    expect(limitsFor('冷冻', settings)).toEqual({ min: null, max: -12 })
    expect(limitsFor('中心温度', settings)).toEqual({ min: 70, max: null })
  })

  it('make a curve for each fridge in the order of time, those with something wrong first, void rows left out', () => {
    const read = (id: string, equipment: string, at: number, c: string, isVoid = false) =>
      row(id, { what: '冷藏', equipment, at, c }, { void: isVoid })
    const rows = [
      read('1', 'a', 2, '4'),
      read('2', 'a', 1, '5'),
      read('3', 'b', 1, '8.9'),
      read('4', 'b', 3, '99', true),
      row('5', { what: '中心温度', dish: '汤', at: 1, c: '66' }),
    ]
    const curves = curvesOf(rows, settings, false, words)
    expect(curves.map(({ points }) => points.map(({ id, isOut }) => `${id}${isOut ? '!' : ''}`))).toEqual([
      ['3!'],
      ['2', '1'],
    ])
    expect(curvesOf(rows, settings, true, words)[0]?.points).toMatchObject([{ id: '5', isOut: true }])
  })
})

describe('licences', () => {
  it('stand by their end, of each sort the newest, and who has none stands above', () => {
    const suppliers = [row('a', { name: '甲' }), row('b', { name: '乙' }), row('c', {}, { stage: 'stopped' })]
    const paper = (id: string, supplier: string, sort: string, valid_to: string) =>
      row(id, { supplier, sort, valid_to })
    const papers = [
      paper('old', 'a', '营业执照', '2025-01-01'),
      paper('new', 'a', '营业执照', '2027-01-01'),
      paper('food', 'a', '食品经营许可证', '2026-12-01'),
      paper('gone', 'c', '营业执照', '2026-01-01'),
    ]
    expect(licencesOf(suppliers, papers).map(({ supplier, row }) => row?.id ?? `${supplier}?`)).toEqual([
      'b?',
      'food',
      'new',
    ])
  })
})
