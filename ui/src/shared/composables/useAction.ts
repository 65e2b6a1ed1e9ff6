/** One thing that a press of a button does: busy while it runs, and what went wrong. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { CommandError } from '@/backend'

export interface Action<A extends unknown[]> {
  /** Runs it, unless it runs already; tells whether it went well. */
  run: (...args: A) => Promise<boolean>
  isBusy: Readonly<Ref<boolean>>
  /** Why the last run failed; null when it did not. */
  error: Readonly<ShallowRef<CommandError | null>>
  /** Takes away the error, as when the form is opened anew. */
  clear: () => void
}

/** Wraps `work` so that a second press does nothing, and a refusal is kept to be shown. */
export function useAction<A extends unknown[]>(work: (...args: A) => Promise<unknown>): Action<A> {
  const isBusy = ref(false)
  const error = shallowRef<CommandError | null>(null)
  async function run(...args: A) {
    if (isBusy.value) return false
    isBusy.value = true
    error.value = null
    try {
      await work(...args)
      return true
    } catch (thrown) {
      error.value = CommandError.from(thrown)
      return false
    } finally {
      isBusy.value = false
    }
  }
  return { run, isBusy, error, clear: () => (error.value = null) }
}
