/** What can be done about two values of one field, and where the record stands. */
import type {
  Arguments,
  ConflictValue as Side,
  ConflictView as Conflict,
  MergedView as Merged,
  ReadingValue,
} from '@/backend'

export type { Conflict, Merged, Side }

/** One of the values, or a new one. */
export type Decision = Pick<Arguments<'conflict.resolve'>, 'take' | 'value'> & {
  /** What was chosen, in words. */
  text: string
  /** Hears that it was saved. */
  settled?: () => unknown
}

/** How a new value is typed; null where a new one cannot be made here, as for a signature. */
export type Editor =
  | { kind: 'pass_fail' }
  | { kind: 'number'; unit: string; unitEn: string; max: number | null }
  | { kind: 'choice'; options: readonly string[]; optionsEn: readonly string[] }
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
        return { kind: 'number', unit: '', unitEn: '', max: item.max }
      case 'number':
      case 'temperature':
        return {
          kind: 'number',
          unit: item.limits?.unit ?? '',
          unitEn: item.limits?.unit_en ?? '',
          max: null,
        }
      case 'choice':
        return { kind: 'choice', options: item.options, optionsEn: item.options_en }
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

const isReading = (value: unknown): value is ReadingValue =>
  value !== null && typeof value === 'object' && 'v' in value

/** The measured values of all sides as one answer, the oldest first; null where they are none. */
export function bothOf(conflict: Conflict): ReadingValue[] | null {
  if (conflict.item?.type !== 'temperature' && conflict.item?.type !== 'number') return null
  const sides = [...conflict.values].reverse().map(({ value }) => value)
  const lists = sides.map((value): unknown[] => (Array.isArray(value) ? value : [value]))
  const readings = lists.flat()
  return lists.every((list) => list.length > 0) && readings.every(isReading) ? readings : null
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
