/** The board of findings as groups: what waits for the office first, then what waits for others, then what is done. */
import type { BoardColumn as Column, FindingRow, FindingState } from '@/backend'

export type { Column }

/** Which states stand together, in the order in which the office deals with them. */
export const GROUPS: readonly { key: string; states: readonly FindingState[] }[] = [
  { key: 'assign', states: ['unassigned'] },
  { key: 'recheck', states: ['awaiting_recheck'] },
  { key: 'fix', states: ['returned', 'assigned', 'in_progress'] },
  { key: 'deferred', states: ['deferred'] },
]
/** What nobody has to do anything about any more. */
export const DONE: readonly FindingState[] = ['closed', 'corrected_on_spot', 'voided']

export interface Group {
  key: string
  count: number
  rows: FindingRow[]
  /** How many more there are than rows. */
  more: number
}

/** What is due first stands first, whatever its state; without a time it stands last. */
const byDue = (one: FindingRow, other: FindingRow) => (one.due ?? Infinity) - (other.due ?? Infinity)

function group(key: string, states: readonly FindingState[], columns: readonly Column[]): Group {
  const mine = columns.filter(({ state }) => states.includes(state))
  const count = mine.reduce((sum, column) => sum + column.count, 0)
  const rows = mine.flatMap((column) => column.rows).sort(byDue)
  return { key, count, rows, more: count - rows.length }
}

/** The groups that hold something. */
export const groups = (columns: readonly Column[]): Group[] =>
  GROUPS.map(({ key, states }) => group(key, states, columns)).filter(({ count }) => count > 0)

/** Those that are done, the newest first as far as their time tells. */
export const done = (columns: readonly Column[]): Group => {
  const all = group('done', DONE, columns)
  return { ...all, rows: all.rows.sort((one, other) => (other.found_at ?? 0) - (one.found_at ?? 0)) }
}

/** The row that follows another one by `step`; stays inside. */
export function neighbour(ids: readonly string[], id: string | null, step: 1 | -1): string | null {
  if (ids.length === 0) return null
  const at = id === null ? -1 : ids.indexOf(id)
  if (at < 0) return ids[0] ?? null
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null
}
