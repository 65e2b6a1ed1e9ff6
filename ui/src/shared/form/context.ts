/** What the rows of a form share. */
import { inject, type InjectionKey, type Ref } from 'vue'
import type { PhotoDesk } from '@/shared/components/photo/desk'
import type { FormModel } from './useForm'

export interface FormContext {
  model: FormModel
  /** The item that was worked on last. */
  current: Ref<string | null>
  /** The item whose photo tile may show the camera; one at a time. */
  live: Ref<string | null>
  photos: PhotoDesk
  /** Brings an item into sight, and the focus to what it needs. */
  goTo: (code: string) => void
  /** Goes to the next item that needs something, behind `after`. */
  goToGap: (after: string | null) => void
  /** Goes to the next empty measured field behind `after`, or to the next gap. */
  goToMeasured: (after: string) => void
}

export const FORM: InjectionKey<FormContext> = Symbol('form')

export function useFormContext(): FormContext {
  const context = inject(FORM)
  if (!context) throw new Error('the row stands outside a form')
  return context
}
