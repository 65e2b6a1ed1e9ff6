import { describe, expect, it } from 'vitest'
import type { FindingState } from '@/backend'
import { findingRow } from '@/shared/testing/rows'
import { done, groups, neighbour, type Column } from './groups'

const column = (state: FindingState, count: number, ...dues: (number | null)[]): Column => ({
  state,
  state_zh: state,
  count,
  rows: dues.map((due, index) => findingRow({ id: `${state}-${index}`, due, found_at: index })),
})

describe('the groups of the board', () => {
  it('put what waits for the office before what waits for others, and leave out what is empty', () => {
    const made = groups([
      column('assigned', 1, 5),
      column('awaiting_recheck', 1, 9),
      column('unassigned', 1, 7),
      column('deferred', 0),
      column('closed', 4),
    ])
    expect(made.map(({ key }) => key)).toEqual(['assign', 'recheck', 'fix'])
  })

  it('merge states of one kind by due time, those without one last', () => {
    const [fix] = groups([
      column('assigned', 3, 30, null),
      column('returned', 1, 10),
      column('in_progress', 1, 20),
    ])
    expect(fix?.rows.map(({ due }) => due)).toEqual([10, 20, 30, null])
    expect(fix?.count).toBe(5)
    expect(fix?.more).toBe(1)
  })

  it('gather what is done, the newest first', () => {
    expect(
      done([column('closed', 2, 1, 1), column('unassigned', 1, 1)]).rows.map(({ found_at }) => found_at),
    ).toEqual([1, 0])
  })
})

describe('the arrows', () => {
  it('lead to the next row and stop at the ends', () => {
    expect(neighbour(['a', 'b'], 'a', 1)).toBe('b')
    expect(neighbour(['a', 'b'], 'b', 1)).toBe('b')
    expect(neighbour(['a', 'b'], 'a', -1)).toBe('a')
    expect(neighbour(['a', 'b'], null, 1)).toBe('a')
    expect(neighbour([], 'a', 1)).toBeNull()
  })
})
