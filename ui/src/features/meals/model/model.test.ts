import { describe, expect, it } from 'vitest'
import type { MealCard } from '@/backend'
import { dishOf, lacking, rowOf, sampleOf, stageOf } from '../testing'
import { mealNow } from '../list/now'
import { boxAfter, boxKey, freeBoxes } from './boxes'
import { isAbove, isBelow, isNumber, numberOf, withKey } from './number'
import { batchOf, duePot, failingOf, nextPot, potsOf } from './pots'
import { hasTrouble, markOf, nextCore, nextSample, openingOf } from './stages'

const type = (keys: string) => [...keys].reduce(withKey, '')
const nobody = () => false

describe('a number on the pad', () => {
  it('is what was typed, with one point at most', () => {
    expect(type('74.2')).toBe('74.2')
    expect(type('7.4.2')).toBe('7.42')
    expect(type('.5')).toBe('0.5')
    expect(type('123456789')).toHaveLength(7)
  })

  it('is none while it is unfinished, and whole in any width of digits', () => {
    for (const unfinished of ['', '7.', '.', '-5', '12a']) expect(numberOf(unfinished)).toBeNull()
    expect(numberOf('７４.２')).toBe('74.2')
    expect(numberOf('74,2')).toBe('74.2')
  })

  it('is judged by a limit that is known alone', () => {
    expect([isBelow('69.9', '70'), isBelow('70', '70'), isBelow('65', null), isBelow('', '70')]).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect([isAbove('37.4', '37.3'), isAbove('37.3', '37.3'), isAbove('40', null)]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('comes from a thermometer that types, and a label is no number', () => {
    expect([isNumber('74.2'), isNumber('130')]).toEqual([true, true])
    expect([isNumber('RS1.0.1'), isNumber('6901234567892')]).toEqual([false, false])
  })
})

describe('the box that comes next', () => {
  const used = (boxes: string[], at: number) => boxes.map((box_no) => ({ box_no, at }))

  it('is one that holds nothing, what was used longest ago first', () => {
    const all = [...used(['A-01', 'A-02'], 1), ...used(['B-01', 'B-02'], 2), ...used(['C-01'], 3)]
    expect(freeBoxes(all, ['b01', 'C-01'])).toEqual(['A-01', 'A-02', 'B-02'])
  })

  it('is never one that stands in a fridge, however it was written', () => {
    expect(freeBoxes(used(['A-07', 'ａ 07', 'A-08'], 1), ['a07'])).toEqual(['A-08'])
    expect(boxKey('ａ 07')).toBe(boxKey('A-07'))
  })

  it('follows the highest where all are taken, and is left to be typed where none has a number', () => {
    expect(freeBoxes(used(['A-01', 'A-09'], 1), ['A-01', 'A-09'])).toEqual(['A-10'])
    expect([boxAfter('A-09'), boxAfter('99'), boxAfter('蓝')]).toEqual(['A-10', '100', ''])
    expect(freeBoxes([], [])).toEqual([])
    expect(freeBoxes(used(['蓝'], 1), ['蓝'])).toEqual([])
  })
})

describe('the stage that is open', () => {
  const may =
    (...own: string[]) =>
    (permission: string) =>
      own.includes(permission)
  const stages = [
    stageOf('menu', { state: 'done' }),
    lacking('check', 'check', ['2']),
    lacking('cook', 'core', ['米饭'], { state: 'open' }),
    lacking('accompany', 'accompany', [''], { state: 'open' }),
    lacking('issue', 'issue', ['小一班'], { state: 'open' }),
  ]

  it('is the first that is due and theirs', () => {
    expect(openingOf(stages, may('decide_morning_check', 'record_temperature'))).toBe('check')
    expect(openingOf(stages, may('record_temperature', 'check_in_for_kitchen'))).toBe('cook')
    expect(openingOf(stages, may('issue_snacks'))).toBe('issue')
    expect(openingOf(stages, may())).toBeNull()
  })

  it('that is done with something wrong is never drawn as done', () => {
    const done = stageOf('cook', { state: 'done' })
    expect([markOf(done, false), markOf(done, true)]).toEqual(['done', 'alert'])
    expect(markOf(stageOf('cook', { state: 'not_needed' }), false)).toBe('next')
    const problems = [{ code: 'core', about: null, what: '红烧肉', finding: null }]
    expect([hasTrouble({ problems }, 'cook'), hasTrouble({ problems }, 'sample')]).toEqual([true, false])
  })
})

describe('the dish that comes next', () => {
  const rice = dishOf('rice', '米饭', { core: 'passed' })
  const meat = dishOf('meat', '红烧肉', { core: 'failing' })
  const soup = dishOf('soup', '冬瓜汤')
  const fruit = dishOf('fruit', '苹果', { needs_core: false, needs_sample: false })

  it('is one that nobody has measured, and only then one that is heated on', () => {
    expect(nextCore([rice, meat, soup, fruit], nobody)?.id).toBe('soup')
    expect(nextCore([rice, meat, soup, fruit], (dish) => dish === 'soup')?.id).toBe('meat')
    expect(nextCore([rice, fruit], nobody)).toBeNull()
    expect(nextCore([dishOf('x', 'x', { struck: '没到' })], nobody)).toBeNull()
  })

  it('of a sample is one without any before one whose box is too light', () => {
    const card = (samples: MealCard['samples']) => ({ dishes: [meat, soup, fruit], samples })
    expect(nextSample(card([sampleOf('s', 'meat', { enough: false })]), nobody)?.id).toBe('soup')
    const light = card([sampleOf('s', 'meat', { enough: false }), sampleOf('t', 'soup', { enough: false })])
    expect(nextSample(light, nobody)?.id).toBe('meat')
    expect(nextSample({ dishes: [fruit], samples: [] }, nobody)).toBeNull()
  })
})

describe('a pot', () => {
  const reading = (id: string, batch: string | null, failing: boolean) => ({
    id,
    batch,
    failing,
    what: '中心温度',
    c: '65',
    retest_of: [],
    late: false,
    at: 1,
    by: null,
  })
  const dish = { readings: [reading('a', null, true), reading('b', '2', true), reading('c', '2', false)] }

  it('is measured again by itself: what another one shows puts nothing right', () => {
    expect([failingOf(dish, '1'), failingOf(dish, '2'), failingOf(dish, '3')]).toEqual([['a'], ['b'], []])
    expect([potsOf(dish), duePot(dish), nextPot(potsOf(dish))]).toEqual([['1', '2'], '1', '3'])
  })

  it('is named only where there are several', () => {
    expect([batchOf('1'), batchOf('2')]).toEqual([{}, { batch: '2' }])
    expect(potsOf({ readings: [] })).toEqual(['1'])
  })
})

describe('the meal of the day', () => {
  it('is the first that something is due of, and a cancelled one never', () => {
    const breakfast = rowOf({ id: 'b', now: null })
    const off = rowOf({ id: 'o', cancelled: true })
    const lunch = rowOf({ id: 'l' })
    expect(mealNow([breakfast, off, lunch])?.id).toBe('l')
    expect(mealNow([breakfast, rowOf({ id: 'c', closed: true })])?.id).toBe('c')
    expect(mealNow([off])).toBeNull()
  })
})
