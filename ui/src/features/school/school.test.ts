import { describe, expect, it } from 'vitest'
import type { SettingRow } from '@/backend'
import { givenMeals, isCount, mealsOn } from './meals'
import { draftOf, found, givenValue, limitOf, typedOf, valueWords } from './settings'

const words = { on: '开', off: '关', comma: '、' }
const setting = (part: Partial<SettingRow>): SettingRow => ({
  key: 'food.core_c',
  zh: '热菜中心温度',
  en: 'Core temperature of hot dishes',
  unit: '℃',
  unit_en: '℃',
  value: '70',
  default: '70',
  is_own: false,
  holding: null,
  values: [],
  shape: { number: { default: '70', floor: { at_least: '70' } } },
  rule: '烧熟煮透',
  rule_en: 'Cooked through',
  source: 'page',
  ...part,
})

describe('a setting', () => {
  it('is said with its unit', () => {
    expect(valueWords('70', '℃', words)).toBe('70 ℃')
    expect(valueWords({ min: '0', max: '8' }, '℃', words)).toBe('0–8 ℃')
    expect(valueWords(true, '', words)).toBe('开')
    expect(valueWords(['钥匙=5', '对讲机=2'], '', words)).toBe('钥匙=5、对讲机=2')
  })

  it('is typed as a number, a range or lines, and otherwise not here', () => {
    expect(typedOf(setting({}))).toBe('number')
    expect(typedOf(setting({ shape: { range: { min: '0', max: '8' } } }))).toBe('range')
    expect(typedOf(setting({ shape: { list: { default: [], must_keep_default: true } } }))).toBe('list')
    expect(typedOf(setting({ shape: 'methods' }))).toBeNull()
    expect(typedOf(setting({ shape: { switch: { default: true, is_fixed: true } } }))).toBeNull()
  })

  it('tells how far it may be changed', () => {
    expect(limitOf(setting({}))).toEqual({ side: 'least', limit: '70' })
    expect(limitOf(setting({ shape: { number: { default: '4', floor: 'free' } } }))).toBeNull()
  })

  it('begins its form with what holds, from today on, and gives back what was typed', () => {
    expect(draftOf(setting({}), '2026-09-01')).toMatchObject({ value: '70', from: '2026-09-01', to: '' })
    const list = draftOf(setting({ value: ['a', 'b'] }), '2026-09-01')
    expect(givenValue('list', { ...list, value: 'a\n\n c ' })).toEqual(['a', 'c'])
    const range = draftOf(setting({ value: { min: '0', max: '8' } }), '2026-09-01')
    expect(givenValue('range', { ...range, upper: ' 5 ' })).toEqual({ min: '0', max: '5' })
  })

  it('is found by its words in either language', () => {
    const all = [
      setting({}),
      setting({ key: 'K.uv.min', zh: '紫外线灯照射', en: 'How long a UV lamp is on' }),
    ]
    expect(found(all, '紫外').map(({ key }) => key)).toEqual(['K.uv.min'])
    expect(found(all, 'uv LAMP').map(({ key }) => key)).toEqual(['K.uv.min'])
    expect(found(all, ' ')).toHaveLength(2)
  })
})

describe('the meals of a campus', () => {
  it('shows those that are still served', () => {
    const meals = [
      { type: '早餐', days: 'school', until: '2026-08-31' },
      { type: '午餐', planned: '11:30', weekdays: [1, 2] },
    ]
    expect(mealsOn(meals, '2026-09-01')).toEqual([
      { meal: '午餐', days: 'school', weekdays: [1, 2], planned: '11:30' },
    ])
  })

  it('leaves out what says nothing', () => {
    expect(givenMeals([{ meal: '午餐', days: 'school', weekdays: [], planned: '' }])).toEqual([
      { type: '午餐', days: 'school' },
    ])
    expect(givenMeals([{ meal: '晚餐', days: 'every', weekdays: [7, 6], planned: '18:00' }])).toEqual([
      { type: '晚餐', days: 'every', weekdays: [6, 7], planned: '18:00' },
    ])
  })
})

it('a number of people is a whole number, or not given', () => {
  expect(['', ' 702 ', '0'].every(isCount)).toBe(true)
  expect(['七百', '-1', '1.5', '12345678'].some(isCount)).toBe(false)
})
