/** Between what is stored in a row, what stands in its form, and what is saved. */
import type { FieldCell, FieldInput, PhotoRef, Strokes } from '@/backend'
import type { Changes, Field, FormValue, FormValues, Lines } from '../types'
import { NO, YES, isAsked, isEmpty } from './condition'

/** What the campus's clock shows at a moment, and the moment at which it shows that. */
export interface Wall {
  toWall: (at: number) => string
}

/** Whether a value is only what a mask or a lost part shows, so that nobody can change it. */
export function isVeiled(value: unknown): boolean {
  return value !== null && typeof value === 'object' && ('masked' in value || 'gone' in value)
}

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** A cell of a table as it stands in a form. */
function cellOf(value: unknown): string {
  return typeof value === 'boolean' ? (value ? YES : NO) : asText(value)
}

function linesOf(field: Field, stored: unknown): Lines {
  const rows = stored !== null && typeof stored === 'object' && !isVeiled(stored) ? stored : {}
  const known = Object.entries(rows).map(([key, cells]) => [key, cells as Record<string, FieldCell>] as const)
  // The lines that a new form begins with stand first, in their order, and those that were added below them.
  const order = new Map(field.lines.map(({ key, cells }) => [key, cells]))
  known.forEach(([key, cells]) => order.set(key, { ...order.get(key), ...cells }))
  return Object.fromEntries(
    [...order].map(([key, cells]) => [
      key,
      Object.fromEntries(field.columns.map(({ name }) => [name, cellOf(cells[name])])),
    ]),
  )
}

/** What stands in the form for a stored value; every type has one shape, filled or not. */
export function toForm(field: Field, stored: unknown, { toWall }: Wall): FormValue {
  if (field.type === 'ROWS') return linesOf(field, stored)
  if (field.type === 'PHOTOS') return Array.isArray(stored) ? (stored as PhotoRef[]) : []
  if (field.type === 'PEOPLE') return Array.isArray(stored) ? stored.map(asText) : []
  if (field.type === 'SIG') return ((stored as { strokes?: Strokes } | null)?.strokes ?? []) as Strokes
  // A note is only ever added.
  if (field.type === 'NOTES' || isVeiled(stored)) return ''
  if (field.type === 'YES') return cellOf(stored)
  if (field.type === 'INSTANT') return typeof stored === 'number' ? toWall(stored) : ''
  return asText(stored)
}

/** The fields that a form asks a person for; a list of records is sent by screens of its own. */
export const typedFields = (fields: readonly Field[]): Field[] =>
  fields.filter(({ computed, retired, type }) => !computed && !retired && type !== 'REFS')

/** What stands in a form untouched: of a new row its presets, of another its values. */
export function untouched(
  fields: readonly Field[],
  wall: Wall,
  stored?: Readonly<Record<string, unknown>>,
): FormValues {
  return Object.fromEntries(
    typedFields(fields).map((field) => [
      field.name,
      toForm(field, stored ? stored[field.name] : field.preset, wall),
    ]),
  )
}

function savedCell(column: Field, cell: string): FieldCell | null {
  if (cell.trim() === '') return null
  return column.type === 'YES' ? cell === YES : cell
}

type SavedLines = Record<string, Record<string, FieldCell | null>>

/** The cells that were changed, by line; a line that was taken out is emptied. */
function savedLines(field: Field, lines: Lines, before: Lines): SavedLines {
  const keys = new Set([...Object.keys(lines), ...Object.keys(before)])
  const saved = [...keys].map((key) => {
    const changed = field.columns.filter(
      ({ name, computed }) => !computed && (lines[key]?.[name] ?? '') !== (before[key]?.[name] ?? ''),
    )
    return [
      key,
      Object.fromEntries(
        changed.map((column) => [column.name, savedCell(column, lines[key]?.[column.name] ?? '')]),
      ),
    ] as const
  })
  return Object.fromEntries(saved.filter(([, cells]) => Object.keys(cells).length > 0))
}

/** A value as `entry.save` takes it; null takes away what stood there. */
export function toSave(field: Field, value: FormValue, before?: FormValue): FieldInput {
  if (field.type === 'ROWS') return savedLines(field, value as Lines, (before ?? {}) as Lines)
  if (isEmpty(value)) return null
  if (field.type === 'YES') return value === YES
  if (field.type === 'SIG') return { strokes: value as Strokes }
  return typeof value === 'string' ? value.trim() : (value as string[] | PhotoRef[])
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * What is sent of a form: of a new row what is filled in and what was emptied of its presets; of another what differs. What is not
 * asked for is not sent, and neither is a blank that was never filled.
 */
export function changesOf(
  fields: readonly Field[],
  values: FormValues,
  before: FormValues,
  isNew: boolean,
): Changes {
  const set: Changes = {}
  for (const field of typedFields(fields)) {
    const value = values[field.name] ?? ''
    const was = before[field.name] ?? ''
    if (field.type === 'ROWS') {
      const cells = toSave(field, value, isNew ? {} : was) as SavedLines
      if (isAsked(field, values) && Object.keys(cells).length > 0)
        set[field.name] = withoutBlanks(cells, isNew)
    } else if (!isAsked(field, values)) {
      // What was written before its reason went away is taken back with it.
      if (!isNew && !isEmpty(was)) set[field.name] = null
    } else if (field.type === 'PHOTOS' && !isNew) {
      Object.assign(
        set,
        changedPhotos(field.name, value as PhotoRef[], was === '' ? [] : (was as PhotoRef[])),
      )
    } else if (isNew ? !isEmpty(value) || !isEmpty(was) : !isSame(value, was)) {
      set[field.name] = toSave(field, value)
    }
  }
  return set
}

/** Photos that were added, as a list; each that was taken out, under its own path. */
function changedPhotos(name: string, photos: readonly PhotoRef[], before: readonly PhotoRef[]): Changes {
  const isIn = (list: readonly PhotoRef[], { blob }: PhotoRef) => list.some((one) => one.blob === blob)
  const added = photos.filter((photo) => !isIn(before, photo))
  const removed = before.filter((photo) => !isIn(photos, photo))
  return {
    ...(added.length > 0 ? { [name]: added } : {}),
    ...Object.fromEntries(removed.map(({ blob }) => [`${name}/${blob}`, null])),
  }
}

/** Blank cells of a new row are not sent: two tablets that make the same row would differ in each of them. */
function withoutBlanks(lines: SavedLines, isNew: boolean): SavedLines {
  if (!isNew) return lines
  const kept = Object.entries(lines).map(
    ([key, cells]) =>
      [key, Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== null))] as const,
  )
  return Object.fromEntries(kept.filter(([, cells]) => Object.keys(cells).length > 0))
}
