/**
 * Decisions of a person, held for a few seconds in which they can be taken back.
 *
 * A decision covers what was on the screen when it was made, so nothing that arrives meanwhile is lost by it;
 * and one that was never sent leaves both values where they are. Whoever leaves the page has decided.
 */
import { reactive, shallowRef } from 'vue'
import { CommandError, useBackend } from '@/backend'
import { useLeaving } from '@/shared/state/leave'
import type { Conflict, Decision } from './conflict'

/** How long a decision can be taken back. */
export const UNDO_MS = 5_000

interface Held {
  conflict: Conflict
  decision: Decision
  timer: ReturnType<typeof setTimeout>
}

/** @param settled is called after a decision was saved. */
export function useDecisions(settled: () => void) {
  const backend = useBackend()
  const held = reactive(new Map<string, Held>())
  /** Decisions that are on their way, or were saved and are not yet seen to be. */
  const made = reactive(new Map<string, string>())
  const error = shallowRef<CommandError | null>(null)

  async function send(field: string) {
    const one = held.get(field)
    if (!one) return
    clearTimeout(one.timer)
    held.delete(field)
    const { conflict, decision } = one
    made.set(field, decision.text)
    try {
      await backend.call('conflict.resolve', {
        id: conflict.id,
        field,
        seen: conflict.version,
        // A decision stands in words for as long as it can be taken back: that is the question whether it is meant.
        ...(decision.take != null ? { take: decision.take } : { value: decision.value, sure: true }),
      })
      await decision.settled?.()
    } catch (thrown) {
      const refusal = CommandError.from(thrown)
      // Somebody else has settled it meanwhile: there is nothing left to say.
      if (refusal.code !== 'not-in-conflict') error.value = refusal
    } finally {
      made.delete(field)
      settled()
    }
  }

  useLeaving(() => Promise.all([...held.keys()].map(send)))

  return {
    error,
    /** What was decided about a field and can still be taken back. */
    heldOf: (field: string) => held.get(field)?.decision ?? null,
    /** What is being saved. */
    madeOf: (field: string) => made.get(field) ?? null,
    decide(conflict: Conflict, decision: Decision) {
      clearTimeout(held.get(conflict.field)?.timer)
      error.value = null
      const timer = setTimeout(() => void send(conflict.field), UNDO_MS)
      held.set(conflict.field, { conflict, decision, timer })
    },
    undo(field: string) {
      clearTimeout(held.get(field)?.timer)
      held.delete(field)
    },
  }
}
