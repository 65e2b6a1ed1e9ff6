import { describe, expect, it } from 'vitest'
import { daysOf, gridOf, moved, stepTo } from './grid'
import { rowOf as row } from './testing'
import { stateOf, sumOf, toneOf } from './tone'

const HOUR = 3_600_000

describe('what is told of a window', () => {
  it('is missed only where everybody who could say otherwise was heard from', () => {
    expect(toneOf(row())).toBe('gap')
    expect(stateOf(row(), true)).toBe('missed')
    const unheard = row({ heard: false, waiting: ['平板 2'] })
    expect(toneOf(unheard)).toBe('unknown')
    expect(stateOf(unheard, true)).toBe('unheard')
    expect(stateOf(unheard, false)).toBe('unseen')
  })

  it('is never done while a point is missing, and says how many are', () => {
    const gaps = row({ state: 'done', covered: 3 })
    expect(toneOf(gaps)).toBe('gap')
    expect(stateOf(gaps, true)).toBe('missed_points')
    expect(toneOf(row({ state: 'done', covered: 4 }))).toBe('done')
  })

  it('counts what is over alone, and takes what came late out of the rate', () => {
    const rows = [
      row({ state: 'done', covered: 4, on_time: 2 }),
      row({ state: 'missed' }),
      row({ state: 'later' }),
      row({ state: 'open', covered: 1, on_time: 1 }),
    ]
    expect(sumOf(rows)).toEqual({ points: 8, covered: 4, onTime: 25, windows: 2, whole: 1 })
    expect(sumOf([]).onTime).toBeNull()
  })
})

describe('the table', () => {
  it('has a line for each day and a column for each window, also where nothing was to be walked', () => {
    const late = row({ window: 'pm', from: row().from + 5 * HOUR })
    const next = row({ day: '2026-11-24', from: row().from + 24 * HOUR })
    const { columns, lines } = gridOf(
      [late, row(), next],
      [
        { day: '2026-11-23', is_school: true },
        { day: '2026-11-24', is_school: false },
      ],
    )
    expect(columns.map(({ row: { window } }) => window)).toEqual(['am', 'pm'])
    expect(lines.map(({ cells }) => cells.map((cell) => cell?.window ?? null))).toEqual([
      ['am', 'pm'],
      ['am', null],
    ])
    expect(lines[1]?.isSchool).toBe(false)
  })

  it('begins with the first day on which something was to be walked, and keeps the empty days behind it', () => {
    const days = ['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24'].map((day) => ({
      day,
      is_school: true,
    }))
    expect(gridOf([row()], days).lines.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-24'])
  })

  it('is walked with the arrows, and nobody falls out of it', () => {
    const size = [7, 5] as const
    expect(moved([0, 0], 'ArrowRight', size)).toEqual([0, 1])
    expect(moved([6, 4], 'ArrowDown', size)).toEqual([6, 4])
    expect(moved([3, 2], 'Home', size)).toEqual([3, 0])
    expect(moved([3, 2], 'End', size)).toEqual([3, 4])
    expect(moved([3, 2], 'x', size)).toEqual([3, 2])
  })

  it('shows the week or the month of a day, and steps by them', () => {
    expect(daysOf('week', '2026-11-29')).toEqual({ from: '2026-11-23', to: '2026-11-29' })
    expect(daysOf('month', '2026-02-10')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
    expect(daysOf('week', stepTo('week', '2026-11-29', 1)).from).toBe('2026-11-30')
    expect(daysOf('month', stepTo('month', '2026-03-31', -1)).from).toBe('2026-02-01')
  })
})
