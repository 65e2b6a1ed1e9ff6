/** What can be done about two values of one field, and where the record stands. */
import type { Answer, Arguments } from '@/backend'

export type Conflict = Answer<'conflict.list'>['conflicts'][number]
export type Side = Conflict['values'][number]
export type Merged = Answer<'conflict.list'>['merged'][number]

/** One of the values, or a new one. */
export type Decision = Pick<Arguments<'conflict.resolve'>, 'take' | 'value'> & {
  /** What was chosen, in words. */
  text: string
}

/** How a new value is typed; null where a new one cannot be made here, as for a signature. */
export type Editor =
  | { kind: 'pass_fail' }
  | { kind: 'number'; unit: string; max: number | null }
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'time' }
  | { kind: 'text' }
  | null

/** Fields of records in which people write freely. */
const WORDS = /(^|\/)(name|note|description|title|text|reason|topic)$/

export function editorOf(conflict: Conflict): Editor {
  const { item } = conflict
  if (item) {
    switch (item.type) {
      case 'pass_fail':
        return { kind: 'pass_fail' }
      case 'score':
        return { kind: 'number', unit: '', max: item.max }
      case 'number':
      case 'temperature':
        return { kind: 'number', unit: item.limits?.unit ?? '', max: null }
      case 'choice':
        return { kind: 'choice', options: item.options }
      case 'time':
        return { kind: 'time' }
      case 'text':
        return { kind: 'text' }
      default:
        return null
    }
  }
  return conflict.joinable || WORDS.test(conflict.field) ? { kind: 'text' } : null
}

interface Reading {
  v: string
  of?: string
  retest?: boolean
}

const isReading = (value: unknown): value is Reading =>
  value !== null && typeof value === 'object' && 'v' in value

/** The measured values of all sides as one answer, the oldest first; null where they are none. */
export function bothOf(conflict: Conflict): Reading[] | null {
  if (conflict.item?.type !== 'temperature' && conflict.item?.type !== 'number') return null
  const sides = [...conflict.values].reverse().map(({ value }) => value as unknown)
  const lists = sides.map((value) => (Array.isArray(value) ? value : [value]))
  if (lists.some((list) => list.length === 0 || !list.every(isReading))) return null
  return lists.flat() as Reading[]
}

/** Where people see the whole record; null for kinds without a page. */
export function pageOf(kind: string, id: string, isOffice: boolean): string | null {
  if (kind === 'inspection') return `/inspections/${id}`
  if (kind === 'finding') return `/findings/${id}`
  if (kind === 'person' && isOffice) return '/people'
  if (kind === 'area' && isOffice) return '/areas'
  return null
}

/** The conflicts by record, in the order in which they came. */
export function byRecord(conflicts: readonly Conflict[]): { id: string; conflicts: Conflict[] }[] {
  const records = new Map<string, Conflict[]>()
  for (const conflict of conflicts) records.set(conflict.id, [...(records.get(conflict.id) ?? []), conflict])
  return [...records].map(([id, own]) => ({ id, conflicts: own }))
}
