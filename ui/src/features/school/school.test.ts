import { describe, expect, it } from 'vitest'
import type { AssetRow, SettingRow } from '@/backend'
import { withUnits } from '@/shared/format/text'
import { inOrder } from './equipment'
import { givenMeals, isCount, mealsOn } from './meals'
import { partsOf } from './methods'
import { draftOf, found, givenValue, limitOf, typedOf, valueWords } from './settings'

const words = { on: '开', off: '关', comma: '、', way: (way: string) => way }
const steam = (minutes: string) => ({ temp_c: '100', minutes, chlorine_mg_l: null })
const no = { temp_c: null, minutes: null, chlorine_mg_l: null }
const methods = {
  tableware: { 蒸汽: steam('10'), 洗碗机: no },
  towels: { 蒸汽: steam('15'), 含氯浸泡: { ...no, minutes: '5', chlorine_mg_l: '250' } },
}
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

  it('keeps each figure on one line with its unit', () => {
    expect(withUnits('不少于 1 年，0–8 ℃，自 2026-09-01 起')).toBe(
      '不少于 1\u00a0年，0–8\u00a0℃，自 2026-09-01\u00a0起',
    )
    expect(withUnits('at least 5 checks')).toBe('at least 5\u00a0checks')
  })

  it('is typed as a number, a range, lines or a table, and otherwise not here', () => {
    expect(typedOf(setting({}))).toBe('number')
    expect(typedOf(setting({ shape: { range: { min: '0', max: '8' } } }))).toBe('range')
    expect(typedOf(setting({ shape: { list: { default: [], must_keep_default: true } } }))).toBe('list')
    expect(typedOf(setting({ shape: 'methods' }))).toBe('methods')
    expect(typedOf(setting({ shape: { switch: { default: true, is_fixed: true } } }))).toBeNull()
  })

  it('tells how far it may be changed', () => {
    expect(limitOf(setting({}))).toEqual({ side: 'least', limit: '70' })
    expect(limitOf(setting({ shape: { number: { default: '4', floor: 'free' } } }))).toBeNull()
  })

  it('begins its form with what holds, from today on, and gives back what was typed', () => {
    expect(draftOf(setting({}), '2026-09-01')).toMatchObject({ value: '70', from: '2026-09-01', to: '' })
    const lines = setting({ value: ['a', 'b'], shape: { list: { default: [], must_keep_default: true } } })
    const list = draftOf(lines, '2026-09-01')
    expect(givenValue(lines, { ...list, value: 'a\n\n c ' })).toEqual(['a', 'c'])
    const ends = setting({ value: { min: '0', max: '8' }, shape: { range: { min: '0', max: '8' } } })
    const range = draftOf(ends, '2026-09-01')
    expect(givenValue(ends, { ...range, upper: ' 5 ' })).toEqual({ min: '0', max: '5' })
  })

  it('that is the table of disinfection is said and changed way by way, an empty limit being that of the rule', () => {
    const table = setting({ value: methods, default: methods, shape: 'methods', unit: '' })
    expect(valueWords(methods, '', words)).toBe(
      '蒸汽 100 ℃ 10 min、洗碗机、蒸汽 100 ℃ 15 min、含氯浸泡 5 min 250 mg/L',
    )
    const draft = draftOf(table, '2026-09-01')
    const [steamed, washed, , bath] = draft.methods
    if (!steamed || !washed || !bath) throw new Error('each way has its line')
    expect([partsOf(steamed), partsOf(bath)]).toEqual([
      ['temp_c', 'minutes'],
      ['chlorine_mg_l', 'minutes'],
    ])
    steamed.minutes = ' 20 '
    steamed.temp_c = ''
    washed.temp_c = '85'
    expect(givenValue(table, draft)).toMatchObject({
      tableware: { 蒸汽: { temp_c: '100', minutes: '20' }, 洗碗机: { temp_c: '85', minutes: null } },
      towels: methods.towels,
    })
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

it('equipment stands by name, what is out of use behind the rest', () => {
  const asset = (name: string, active = true) => ({ name, active }) as AssetRow
  const all = [asset('b'), asset('a', false), asset('c')]
  const compare = (one: string, other: string) => one.localeCompare(other)
  expect(inOrder(all, compare).map(({ name }) => name)).toEqual(['b', 'c', 'a'])
})
