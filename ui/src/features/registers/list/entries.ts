/** The lines of a list: what is open first, then the others by day. */
import type { Row } from '../types'

export type Line = { kind: 'head'; key: string; day: string | null } | { kind: 'row'; key: string; row: Row }

/** @param open the rows that wait for something; those stand at the top and nowhere else. */
export function toLines(open: readonly Row[], rows: readonly Row[]): Line[] {
  const lines: Line[] = []
  if (open.length > 0) lines.push({ kind: 'head', key: 'open', day: null })
  lines.push(...open.map((row): Line => ({ kind: 'row', key: `open-${row.id}`, row })))
  const atTop = new Set(open.map(({ id }) => id))
  let day: string | undefined
  for (const row of rows) {
    if (atTop.has(row.id)) continue
    const own = row.day ?? ''
    if (own !== day) lines.push({ kind: 'head', key: `day-${own}-${row.id}`, day: own })
    day = own
    lines.push({ kind: 'row', key: row.id, row })
  }
  return lines
}
