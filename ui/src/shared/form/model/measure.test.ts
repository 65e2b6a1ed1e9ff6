import { describe, expect, it } from 'vitest'
import type { Reading } from '../types'
import {
  allInside,
  flipSign,
  isLikely,
  mayBeNegative,
  nameOf,
  newCell,
  sideOf,
  toCells,
  toReadings,
  withOneMore,
  withRetest,
} from './measure'

const hot = { unit: '℃', unit_en: '℃', min: '70', max: null }

describe('a measured value', () => {
  it('is likely inside its range alone, and wherever there is none', () => {
    const likely = { unit: '℃', unit_en: '℃', min: '-40', max: '130' }
    expect(isLikely(98, likely)).toBe(true)
    expect(isLikely(1_000_000, likely)).toBe(false)
    expect(isLikely(1_000_000, null)).toBe(true)
  })

  it('lies inside its limits, both included', () => {
    expect(sideOf(70, hot)).toBe('inside')
    expect(sideOf(69.9, hot)).toBe('below')
    expect(sideOf(9, { unit: '℃', unit_en: '℃', min: '0', max: '8' })).toBe('above')
    expect(sideOf(null, hot)).toBeNull()
    expect(sideOf(70, null)).toBeNull()
  })

  it('counts by its last retest', () => {
    const readings: Reading[] = [
      { v: '66.8', of: '冬瓜汤' },
      { v: '74', of: '红烧肉' },
    ]
    expect(allInside(readings, hot)).toBe(false)
    expect(allInside([...readings, { v: '75', of: '冬瓜汤', retest: true }], hot)).toBe(true)
    expect(allInside([...readings, { v: '69', of: '冬瓜汤', retest: true }], hot)).toBe(false)
  })

  it('may be below zero where its limits allow', () => {
    const asks = (min: string | null, max: string | null) =>
      mayBeNegative({ type: 'temperature', limits: { unit: '℃', unit_en: '℃', min, max } })
    expect(asks(null, '-12')).toBe(true)
    expect(asks('0', '8')).toBe(false)
    expect(asks('70', null)).toBe(false)
    expect(flipSign('18')).toBe('-18')
    expect(flipSign('－18')).toBe('18')
  })
})

describe('the fields of a measured item', () => {
  it('send nothing while nothing was typed', () => {
    expect(toReadings(toCells(null, 2))).toBeNull()
  })

  it('name their places when there are several, and their own names where given', () => {
    const [first, second] = toCells(null, 2)
    expect(
      toReadings([
        { ...first!, text: '74.2' },
        { ...second!, text: '66.8', of: '冬瓜汤' },
      ]),
    ).toEqual([
      { v: '74.2', of: '第 1 份' },
      { v: '66.8', of: '冬瓜汤' },
    ])
  })

  it('keep a retest with what it measures again', () => {
    const cells = [newCell('74.2', '红烧肉'), newCell('66.8', '冬瓜汤')]
    const grown = withRetest(cells, cells[1]!)
    expect(grown.map(({ of, retest }) => [of, retest])).toEqual([
      ['红烧肉', false],
      ['冬瓜汤', false],
      ['冬瓜汤', true],
    ])
  })

  it('keep the only one apart from the next by giving it a name', () => {
    const grown = withOneMore([newCell('65'), newCell('76', '', true)])
    expect(grown.map((cell) => nameOf(grown, cell))).toEqual(['第 1 份', '第 1 份', '第 2 份'])
  })

  it('show what is stored, and an empty one for each that is still asked', () => {
    const cells = toCells(
      [
        { v: '74.2', of: '鱼' },
        { v: '76', of: '鱼', retest: true },
      ],
      2,
    )
    expect(cells.map(({ text }) => text)).toEqual(['74.2', '76', ''])
  })
})
