/** The lines of the list: open forms first, then the others by day. */
import type { Head } from '../types'

export type Entry =
  { kind: 'head'; key: string; day: string | null } | { kind: 'row'; key: string; row: Head }

/** @param open the forms to resume; those stand at the top and nowhere else. */
export function toEntries(open: readonly Head[], rows: readonly Head[]): Entry[] {
  const entries: Entry[] = []
  if (open.length > 0) entries.push({ kind: 'head', key: 'open', day: null })
  entries.push(...open.map((row): Entry => ({ kind: 'row', key: `open-${row.id}`, row })))
  const atTop = new Set(open.map(({ id }) => id))
  let day: string | undefined
  for (const row of rows) {
    if (atTop.has(row.id)) continue
    const own = row.business_date ?? ''
    if (own !== day) entries.push({ kind: 'head', key: `day-${own}-${row.id}`, day: own })
    day = own
    entries.push({ kind: 'row', key: row.id, row })
  }
  return entries
}
