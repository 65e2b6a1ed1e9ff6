import { describe, expect, it } from 'vitest'
import { findingRow } from '../testing/rows'
import { joined, type FindingRow } from './waiting'

const row = (id: string, part: Partial<FindingRow> = {}) => findingRow({ id, ...part })

describe('what waits for a person', () => {
  it('stands there once, what is due first first, what has no time last', () => {
    const mine = [row('a'), row('b', { due: 20 })]
    const fixed = [row('b', { due: 20 }), row('c', { due: 10 })]
    expect(joined([mine, fixed], 'me').map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  })

  it('leaves out one’s own repairs, which somebody else re-checks', () => {
    const rows = [
      row('own', { state: 'awaiting_recheck', assignee: { id: 'me', name: null } }),
      row('theirs', { state: 'awaiting_recheck', assignee: { id: 'you', name: null } }),
    ]
    expect(joined([rows], 'me').map(({ id }) => id)).toEqual(['theirs'])
  })
})
