import { describe, expect, it } from 'vitest'
import { argumentOf, keyOf, mealOf, pathOf } from './key'
import { hoursAndMinutes } from './span'

describe('a meal in an address', () => {
  const kitchen = '0197d000-0000-7000-8000-000400000001'
  it('reads back as it was written, with a second kitchen and without', () => {
    for (const tag of [
      { date: '2026-11-23', type: '午餐', kitchen: null },
      { date: '2026-11-23', type: '夜宵', kitchen },
    ]) {
      expect(argumentOf(keyOf(tag))).toEqual(tag)
      expect(mealOf(keyOf(tag))).toEqual(tag)
    }
    expect(pathOf({ date: '2026-11-23', type: '午餐', kitchen: null })).toBe('/meals/2026-11-23~午餐')
  })

  it('is none where it names no day or no meal', () => {
    for (const wrong of ['', '2026-11-23', '2026-11-23~火锅', '2026-11-23~toString', 'x~午餐', undefined])
      expect(mealOf(wrong)).toBeNull()
  })
})

describe('the time that is left', () => {
  it('is rounded up to the minute, so that nothing looks over before it is', () => {
    expect(hoursAndMinutes(47 * 3_600_000 + 57 * 60_000 + 1)).toBe('47:58')
    expect([hoursAndMinutes(1), hoursAndMinutes(0), hoursAndMinutes(-5)]).toEqual(['0:01', '0:00', '0:00'])
  })
})
