/** When a field is asked for, and when it must be filled in: looked at while somebody types. */
import type { Clause, Field, FormValue, FormValues } from '../types'

/** The word that a form holds for yes. */
export const YES = 'yes'
export const NO = 'no'

/** Whether nothing stands in a field. */
export function isEmpty(value: FormValue | undefined): boolean {
  if (value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  return Object.values(value).every((line) => Object.values(line).every((cell) => cell.trim() === ''))
}

/** Whether a clause holds; null where only the program can tell. */
function clauseHolds({ word, field, codes }: Clause, values: FormValues): boolean | null {
  const value = values[field]
  // A group of options, or a field of a newer program.
  if (value === undefined) return null
  switch (word) {
    case 'has':
      return !isEmpty(value)
    case 'lacks':
      return isEmpty(value)
    case 'is':
      return typeof value === 'string' && codes.includes(value)
    case 'yes':
      return value === YES
    default:
      return null
  }
}

/** Whether a field is asked for; one about which only the program can tell is shown. */
export function isAsked({ when }: Pick<Field, 'when'>, values: FormValues): boolean {
  return (when ?? []).every((clause) => clauseHolds(clause, values) !== false)
}

/** Whether a field must be filled in; where only the program can tell, it says so when the row is saved. */
export function isNeeded(field: Pick<Field, 'needed' | 'needed_when'>, values: FormValues): boolean {
  if (field.needed) return true
  return (
    field.needed_when != null && field.needed_when.every((clause) => clauseHolds(clause, values) === true)
  )
}
