/** Registers and their rows, as the commands give them. */
import type { Answer, FieldInput, PhotoRef, Strokes } from '@/backend'

export type Kind = Answer<'entry.kinds'>['kinds'][number]
export type Field = Kind['fields'][number]
export type Clause = NonNullable<Field['when']>[number]
export type Act = Kind['acts'][number]
export type Row = Answer<'entry.list'>['rows'][number]
export type Entry = Answer<'entry.get'>
export type DoneAct = Entry['history'][number]
export type Correction = Entry['corrections'][number]
export type Warning = Entry['warnings'][number]
export type Phrase = Row['words'][string]

/** Lines of a table by their keys, each cell as it is typed. */
export type Lines = Record<string, Record<string, string>>
/** What stands in a field of a form: text as it is typed for most types. */
export type FormValue = string | string[] | PhotoRef[] | Strokes | Lines
/** What is sent of a form, by field or by a path below it. */
export type Changes = Record<string, FieldInput>
/** What stands in a form, by field. */
export type FormValues = Record<string, FormValue>
