/** What the fields of one form share. */
import { inject, provide, type InjectionKey } from 'vue'
import type { PhotoDesk } from '@/shared/components/photo'

export interface FieldsContext {
  /** Where photos are kept on their way into the form, each field under its name. */
  desk: PhotoDesk
  /** What a record that a field names is called, where the list to choose from does not hold it. */
  nameOf: (id: string) => string | undefined
  /** What stands in another field of the form that names a record; empty where nothing does. */
  standsIn: (field: string) => string
}

const FIELDS: InjectionKey<FieldsContext> = Symbol('fields')

export const provideFields = (context: FieldsContext): void => provide(FIELDS, context)

export function useFields(): FieldsContext {
  const context = inject(FIELDS)
  if (!context) throw new Error('a field stands outside of a form')
  return context
}
