import { describe, expect, it } from 'vitest'
import { inspectionRow } from '@/shared/testing/rows'
import { byDay, isReady } from './board'

const row = (id: string, business_date: string | null) => inspectionRow({ id, business_date })

describe('the days of the board', () => {
  it('lists the newest day first and keeps the order inside a day', () => {
    const days = byDay([
      row('a', '2026-11-25'),
      row('b', '2026-11-26'),
      row('c', '2026-11-25'),
      row('d', null),
    ])
    expect(days.map(({ date, rows }) => [date, rows.map(({ id }) => id).join('')])).toEqual([
      ['2026-11-26', 'b'],
      ['2026-11-25', 'ac'],
      ['', 'd'],
    ])
  })
})

describe('the first steps', () => {
  it('are over when people, areas and a tablet are there', () => {
    expect(isReady({ people: true, areas: true, tablet: false })).toBe(false)
    expect(isReady({ people: true, areas: true, tablet: true })).toBe(true)
  })
})
