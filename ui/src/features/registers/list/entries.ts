/** The lines of a list: what is open first, then the others by day. */
import type { Answer } from '@/backend'
import type { Row } from '../types'

/** Rows of a page that only a newer app can read: they are counted where they stand. */
export interface Newer {
  newer: number
}
export type Item = Row | Newer

export type Line =
  | { kind: 'head'; key: string; day: string | null }
  | { kind: 'row'; key: string; row: Row; day: string | null }
  | { kind: 'newer'; key: string; n: number }

/** What a page holds. */
export const itemsOf = ({ rows, newer }: Answer<'entry.list'>): Item[] =>
  newer > 0 ? [...rows, { newer }] : rows

/** @param open the rows that wait for something; those stand at the top and nowhere else. */
export function toLines(open: readonly Row[], items: readonly Item[]): Line[] {
  const lines: Line[] = []
  if (open.length > 0) lines.push({ kind: 'head', key: 'open', day: null })
  lines.push(...open.map((row): Line => ({ kind: 'row', key: `open-${row.id}`, row, day: null })))
  const atTop = new Set(open.map(({ id }) => id))
  let day: string | undefined
  for (const item of items) {
    if ('newer' in item) {
      lines.push({ kind: 'newer', key: `newer-${lines.length}`, n: item.newer })
      continue
    }
    if (atTop.has(item.id)) continue
    const own = item.day ?? ''
    if (own !== day) lines.push({ kind: 'head', key: `day-${own}-${item.id}`, day: own })
    day = own
    lines.push({ kind: 'row', key: item.id, row: item, day: own })
  }
  return lines
}
