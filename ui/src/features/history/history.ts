/** What the server's journal of a record says, made fit to be read. */
import type { Entry, FieldChange as Field } from '@/backend'

export type { Entry, Field }

/** What one change of a field is about; a sentence stands for each. */
export type ChangeKind =
  | 'started'
  | 'unchecked'
  | 'joined'
  | 'submitted'
  | 'incomplete'
  | 'voided'
  | 'corrected'
  | 'confirmed'
  | 'step'
  | 'photo_added'
  | 'photo_removed'
  | 'batch'
  | 'set'
  | 'changed'
  | 'disagree'
  | 'cleared'

export interface Change {
  kind: ChangeKind
  /** What people call the field; empty where the sentence needs none. */
  label: string
  old: string
  new: string
  /** The item of the checklist; empty for anything else. */
  item: string
}

/** What one person did on one device without a pause. */
export interface Passage {
  key: string
  at: number
  until: number
  by: string | null
  device: string | null
  changes: Change[]
}

/** Fields that say nothing to a reader: they stand in the head, or only serve the program. */
const SILENT = new Set([
  'created',
  'scope',
  'subject',
  'mode',
  'round',
  'occurred_at',
  'business_date',
  'late',
  'recorded_at',
  'kind',
])
/** A pause that begins a new passage. */
const PAUSE_MS = 5 * 60_000

/** The value that stands alone; of several, on which people disagreed, none. */
const only = (values: readonly unknown[]) => (values.length === 1 ? values[0] : null)
const isGone = (values: readonly unknown[]) => values.every((value) => value == null)

/** Reads one field; null when there is nothing to tell. */
export function change(field: Field): Change | null {
  const [head, item = '', tail] = field.field.split('/')
  const [before, after] = [isGone(field.old) ? '' : field.old_text, isGone(field.new) ? '' : field.new_text]
  const told = (kind: ChangeKind, label = '', text = after): Change => {
    return { kind, label, old: before, new: text, item: head === 'answers' ? item : '' }
  }
  if (head === undefined || SILENT.has(head)) return null
  if (head === 'template') return told('started')
  // How the clock was known; only that nobody had checked it is worth a word.
  if (head === 'clock') return isUnchecked(only(field.new)) ? told('unchecked') : null
  if (head === 'people') return told('joined')
  if (head === 'submits') return told('submitted')
  if (head === 'incomplete') return told('incomplete', '', reasonOf(only(field.new)) ?? after)
  if (head === 'void') return told('voided', '', reasonOf(only(field.new)) ?? after)
  if (head === 'corrections') return told('corrected', field.label, reasonOf(only(field.new)) ?? after)
  if (head === 'confirmed') return told('confirmed')
  if (head === 'steps') return told('step', field.label, after)
  if (tail === 'photos') return told(isGone(field.new) ? 'photo_removed' : 'photo_added', field.label)
  if (tail === 'how') return only(field.new) === 'batch' ? told('batch', field.label) : null
  if (before === after) return null
  if (field.new.length > 1) return told('disagree', field.label)
  if (before === '') return told('set', field.label)
  return told(after === '' ? 'cleared' : 'changed', field.label)
}

const isUnchecked = (value: unknown) => (value as { state?: unknown } | null)?.state === 'none'

function reasonOf(value: unknown): string | null {
  const reason = (value as { reason?: unknown } | null)?.reason
  return typeof reason === 'string' ? reason : null
}

/** One change with its author: what one push brought may be the work of several people. */
interface Told {
  seq: number
  at: number
  by: string | null
  device: string | null
  change: Change
}

function told(entry: Entry): Told[] {
  return entry.fields.flatMap((field) => {
    const one = change(field)
    const author = field.by ?? entry.by
    const by = author ? (author.name ?? author.id) : null
    return one
      ? [{ seq: entry.seq, at: field.at ?? entry.at, by, device: entry.device_name, change: one }]
      : []
  })
}

/** What begins a check comes before what is in it. */
const rank = ({ change: { kind } }: Told) => (kind === 'started' ? 0 : 1)

/** The journal as passages, oldest first: what one person did on one device stands together until there is a pause. */
export function passages(entries: readonly Entry[]): Passage[] {
  const all: Passage[] = []
  const changes = entries
    .flatMap(told)
    .sort((one, other) => one.at - other.at || one.seq - other.seq || rank(one) - rank(other))
  for (const { seq, at, by, device, change: one } of changes) {
    const last = all.at(-1)
    if (last && last.by === by && last.device === device && at - last.until <= PAUSE_MS) {
      last.until = at
      last.changes.push(one)
    } else {
      all.push({ key: `${seq}-${all.length}`, at, until: at, by, device, changes: [one] })
    }
  }
  return all.map((passage) => ({ ...passage, changes: inShort(passage.changes) })).filter(isTold)
}
const isTold = ({ changes }: Passage) => changes.length > 0

/** What "rest is fine" filled is one line for all of it; of a field that was written twice the last word counts. */
function inShort(changes: readonly Change[]): Change[] {
  const filled = new Set(changes.filter(({ kind }) => kind === 'batch').map(({ item }) => item))
  const short: Change[] = []
  for (const one of changes) {
    if (one.kind === 'batch') {
      const first = short.find(({ kind }) => kind === 'batch')
      if (!first) short.push({ ...one, label: '', new: String(filled.size), item: '' })
      continue
    }
    if (one.kind === 'set' && filled.has(one.item)) continue
    const at = short.findIndex(
      (other) => isValue(other) && isValue(one) && one.label !== '' && other.label === one.label,
    )
    const other = short[at]
    if (!other) short.push(one)
    else if (other.old === one.new) short.splice(at, 1)
    else short[at] = { ...one, kind: kindOf(other.old, one), old: other.old }
  }
  return short
}
function kindOf(old: string, last: Change): ChangeKind {
  if (last.kind === 'disagree') return 'disagree'
  if (old === '') return 'set'
  return last.new === '' ? 'cleared' : 'changed'
}
const isValue = ({ kind }: Change) => ['set', 'changed', 'disagree', 'cleared'].includes(kind)

/** The devices on which photos wait that have not arrived: those whose entries named them. */
export function devicesOf(entries: readonly Entry[], blobs: readonly string[]): string[] {
  const wanted = new Set(blobs)
  const names = entries
    .filter(({ fields }) =>
      fields.some(({ field, new: values }) => !isGone(values) && wanted.has(field.split('/').at(-1) ?? '')),
    )
    .flatMap(({ device_name: name }) => name ?? [])
  return [...new Set(names)]
}
