/** The views of the list of findings. */
import type { Arguments } from '@/backend'

export const FILTERS = [
  'open',
  'waiting',
  'overdue',
  'awaiting_recheck',
  'unassigned',
  'deferred',
  'closed',
  'all',
] as const
export type Filter = (typeof FILTERS)[number]

export const isFilter = (value: unknown): value is Filter => FILTERS.includes(value as Filter)

/** What `finding.list` is asked for a view; what waits for a person is more than one question. */
export function questionOf(
  filter: Exclude<Filter, 'waiting'>,
): Omit<Arguments<'finding.list'>, 'after' | 'limit'> {
  switch (filter) {
    case 'overdue':
      return { overdue: true }
    case 'all':
      return {}
    default:
      return { state: filter }
  }
}
