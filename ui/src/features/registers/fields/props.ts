/** What the component of every type of field is given, beside its value. */
import type { Field } from '../types'

export interface FieldProps {
  field: Field
  /** What it is called, with the mark of one that must be filled in. */
  label: string
  error: string | null
  needed: boolean
}
