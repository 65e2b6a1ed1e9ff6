import { describe, expect, it } from 'vitest'
import { nightsFrom, nightsOn } from './nights'

const TODAY = '2026-09-08'

describe('the nights on which somebody sleeps at a campus', () => {
  it('are those that hold on the day', () => {
    expect(nightsOn([], TODAY)).toBe('none')
    expect(nightsOn([{ nights: 'school' }], TODAY)).toBe('school')
    expect(nightsOn([{ nights: 'every', to: '2026-09-07' }], TODAY)).toBe('none')
    expect(nightsOn([{ nights: 'every', from: '2026-09-09' }], TODAY)).toBe('none')
    expect(nightsOn([{ nights: 'school' }, { nights: 'every', from: TODAY, to: TODAY }], TODAY)).toBe('every')
  })

  it('change from today on, and the nights that are over stay as they were', () => {
    const before = [{ nights: 'every' }]
    const after = nightsFrom(before, 'school', TODAY)
    expect(after).toEqual([
      { nights: 'every', to: '2026-09-07' },
      { nights: 'school', from: TODAY },
    ])
    expect(nightsOn(after, '2026-09-07')).toBe('every')
    expect(nightsOn(after, TODAY)).toBe('school')
    expect(nightsOn(nightsFrom(after, 'none', TODAY), TODAY)).toBe('none')
    expect(nightsOn(nightsFrom(after, 'none', TODAY), '2026-09-07')).toBe('every')
  })
})
