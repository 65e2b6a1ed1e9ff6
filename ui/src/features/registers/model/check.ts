/** What a form can say by itself before it is sent, and what the program said about it, by field. */
import type { CommandError } from '@/backend'
import type { Field, FormValues, Lines, Warning } from '../types'
import { isAsked, isEmpty, isNeeded } from './condition'
import { typedFields } from './values'

/** A word about one value, in both languages; no words where the screen has its own: it must be filled in. */
export interface Wrong {
  zh: string
  en: string
}
export type Wrongs = Readonly<Record<string, Wrong | 'needed'>>

/** The lines of a table in which something that every line needs is missing; a line that nobody has begun is none of them. */
export function unfinishedLines(field: Field, lines: Lines): string[] {
  const isGiven = new Set(field.lines.map(({ key }) => key))
  const needed = field.columns.filter(({ needed, computed }) => needed && !computed)
  return Object.entries(lines)
    .filter(([key, cells]) => isGiven.has(key) || Object.values(cells).some((cell) => cell.trim() !== ''))
    .filter(([, cells]) => needed.some(({ name }) => (cells[name] ?? '').trim() === ''))
    .map(([key]) => key)
}

/** The fields that must be filled in and are not. */
export function missingOf(fields: readonly Field[], values: FormValues): Wrongs {
  const missing = typedFields(fields).filter((field) => {
    if (!isAsked(field, values) || !isNeeded(field, values)) return false
    const value = values[field.name]
    return isEmpty(value) || (field.type === 'ROWS' && unfinishedLines(field, value as Lines).length > 0)
  })
  return Object.fromEntries(missing.map(({ name }) => [name, 'needed' as const]))
}

interface Refused {
  field?: unknown
  zh?: unknown
  en?: unknown
}
const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** What a refusal says about single values; a path into a field, such as one cell of a table, is said at the field. */
export function wrongsOf(error: CommandError): Wrongs {
  if (error.code !== 'bad-value') return {}
  const all = Array.isArray(error.details.values) ? (error.details.values as Refused[]) : []
  const found = all.length > 0 ? all : [{ field: error.field, zh: error.details.zh, en: error.details.en }]
  return Object.fromEntries(
    found.map(({ field, zh, en }) => [
      text(field).split('/')[0] ?? '',
      { zh: text(zh) || error.message, en: text(en) || error.message },
    ]),
  )
}

/** What looks wrong, and is kept once somebody says that it is right. */
export function warningsOf(error: CommandError): readonly Warning[] {
  const warnings = error.code === 'confirm-value' ? error.details.warnings : null
  return Array.isArray(warnings) ? (warnings as Warning[]) : []
}
