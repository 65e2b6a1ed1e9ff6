/** The papers of suppliers by when they end. */
import type { EntryRow } from '@/backend'

export interface Licence {
  supplier: string
  /** The newest paper of its sort; null for a supplier of whom none is here. */
  row: EntryRow | null
  /** `2026-11-23`; empty where none is here. */
  validTo: string
}

/** Of each supplier and sort the newest paper, what ends first first; a supplier without any paper stands above. */
export function licencesOf(suppliers: readonly EntryRow[], papers: readonly EntryRow[]): Licence[] {
  const newest = new Map<string, Licence>()
  for (const row of papers) {
    const { supplier, sort, valid_to: validTo } = row.fields
    if (row.void || typeof supplier !== 'string' || typeof validTo !== 'string') continue
    const key = `${supplier} ${String(sort)}`
    if ((newest.get(key)?.validTo ?? '') < validTo) newest.set(key, { supplier, row, validTo })
  }
  const inUse = suppliers.filter(({ void: isVoid, stage }) => !isVoid && stage !== 'stopped')
  const known = new Set(inUse.map(({ id }) => id))
  const told = [...newest.values()].filter(({ supplier }) => known.has(supplier))
  const having = new Set(told.map(({ supplier }) => supplier))
  const without = inUse.filter(({ id }) => !having.has(id))
  return [
    ...without.map(({ id }): Licence => ({ supplier: id, row: null, validTo: '' })),
    ...told.sort((a, b) => a.validTo.localeCompare(b.validTo)),
  ]
}
