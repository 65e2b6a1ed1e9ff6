/** One press at the gate: somebody leaves, comes back, is paired; taken back while it is fresh. */
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { useBackend } from '@/backend'
import { useAction } from '@/shared/composables/useAction'

/** How long an act can be taken back, in ms. */
const FRESH_MS = 5_000

/** What was done last. */
export interface Done {
  id: string
  entry: string
  words: string
  /** Why it does not count, as the register says it; null for what does. */
  notCounted: string | null
}

export function useGateActs(changed: () => Promise<unknown>) {
  const backend = useBackend()
  const done: ShallowRef<Done | null> = shallowRef(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))

  const acting = useAction(async (id: string, act: string, set: Record<string, string>, words: string) => {
    const { entry, not_counted } = await backend.call('entry.act', { id, act, set })
    clearTimeout(timer)
    done.value = { id, entry, words, notCounted: not_counted ?? null }
    if (!not_counted) timer = setTimeout(() => (done.value = null), FRESH_MS)
    await changed()
  })
  const undoing = useAction(async () => {
    const last = done.value
    done.value = null
    if (last) await backend.call('entry.undo', { id: last.id, entry: last.entry })
    await changed()
  })
  return {
    done,
    act: acting.run,
    isBusy: acting.isBusy,
    error: acting.error,
    undo: undoing.run,
    undoError: undoing.error,
  }
}
