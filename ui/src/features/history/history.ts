/** What the server's journal of a record says, made fit to be read. */
import type { Answer } from '@/backend'

export type Entry = Answer<'office.history'>['entries'][number]
export type Field = Entry['fields'][number]

/** What one change of a field is about; a sentence stands for each. */
export type ChangeKind =
  | 'started'
  | 'joined'
  | 'submitted'
  | 'voided'
  | 'corrected'
  | 'confirmed'
  | 'step'
  | 'photo_added'
  | 'photo_removed'
  | 'batch'
  | 'set'
  | 'changed'
  | 'cleared'

export interface Change {
  kind: ChangeKind
  /** What people call the field; empty where the sentence needs none. */
  label: string
  old: string
  new: string
}

/** What one person did on one device without a pause. */
export interface Passage {
  key: number
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
  'kind',
])
/** A pause that begins a new passage. */
const PAUSE_MS = 5 * 60_000

const plain = (text: string | null | undefined, value: unknown) =>
  text ?? (value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value))

/** Reads one field; null when there is nothing to tell. */
export function change(field: Field): Change | null {
  const [head, , tail] = field.field.split('/')
  const [before, after] = [plain(field.old_text, field.old), plain(field.new_text, field.new)]
  const told = (kind: ChangeKind, label = '', text = after): Change => ({
    kind,
    label,
    old: before,
    new: text,
  })
  if (head === undefined || SILENT.has(head)) return null
  if (head === 'template') return told('started')
  if (head === 'people') return told('joined')
  if (head === 'submits') return told('submitted')
  if (head === 'void') return told('voided', '', reasonOf(field.new) ?? after)
  if (head === 'corrections') return told('corrected', field.label, reasonOf(field.new) ?? after)
  if (head === 'confirmed') return told('confirmed')
  if (head === 'steps') return told('step', field.label, after)
  if (tail === 'photos') return told(field.new == null ? 'photo_removed' : 'photo_added', field.label)
  if (tail === 'how') return field.new === 'batch' ? told('batch', field.label) : null
  if (before === after) return null
  if (before === '') return told('set', field.label)
  return told(after === '' ? 'cleared' : 'changed', field.label)
}

function reasonOf(value: unknown): string | null {
  const reason = (value as { reason?: unknown } | null)?.reason
  return typeof reason === 'string' ? reason : null
}

/** The journal as passages, oldest first: what one person did on one device stands together until there is a pause. */
export function passages(entries: readonly Entry[]): Passage[] {
  const all: Passage[] = []
  for (const entry of [...entries].sort((one, other) => one.seq - other.seq)) {
    const changes = entry.fields.map(change).filter((one): one is Change => one !== null)
    if (changes.length === 0) continue
    const by = entry.by ? (entry.by.name ?? entry.by.id) : null
    const device = entry.device_name ?? null
    const last = all.at(-1)
    const goesOn =
      last && last.by === by && last.device === device && Math.abs(entry.at - last.until) <= PAUSE_MS
    if (goesOn) {
      last.until = entry.at
      last.changes.push(...changes)
    } else {
      all.push({ key: entry.seq, at: entry.at, until: entry.at, by, device, changes })
    }
  }
  return all.map((passage) => ({ ...passage, changes: inShort(passage.changes) }))
}

/** A result that was filled by "rest is fine" is one line, not two; of the same field the last word in a passage counts. */
function inShort(changes: readonly Change[]): Change[] {
  const short: Change[] = []
  for (const one of changes) {
    const at = short.findIndex(
      (other) => isValue(other) && isValue(one) && one.label !== '' && other.label === one.label,
    )
    const other = short[at]
    if (!other) short.push(one)
    else if (other.old === one.new) short.splice(at, 1)
    else
      short[at] = {
        ...one,
        kind: other.old === '' ? 'set' : one.new === '' ? 'cleared' : 'changed',
        old: other.old,
      }
  }
  return short
}
const isValue = ({ kind }: Change) => kind === 'set' || kind === 'changed' || kind === 'cleared'

/** The devices on which photos wait that have not arrived: those whose entries named them. */
export function devicesOf(entries: readonly Entry[], blobs: readonly string[]): string[] {
  const wanted = new Set(blobs)
  const names = entries
    .filter(({ fields }) =>
      fields.some(({ field, new: value }) => value != null && wanted.has(field.split('/').at(-1) ?? '')),
    )
    .flatMap(({ device_name: name }) => name ?? [])
  return [...new Set(names)]
}
