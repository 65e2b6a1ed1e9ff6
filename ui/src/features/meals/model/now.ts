/** The time that goes on between two answers: by the program's clock, counted on by this page. */
import { useIntervalFn } from '@vueuse/core'
import { computed, ref, watch, type ComputedRef } from 'vue'

/** How often what is shown of it is drawn anew, in ms. */
const TICK_MS = 10_000

/** @param told the time in the newest answer, ms */
export function useNow(told: () => number | undefined): ComputedRef<number> {
  const base = ref({ told: told() ?? 0, at: performance.now() })
  const ticked = ref(base.value.at)
  watch(told, (now) => {
    base.value = { told: now ?? 0, at: performance.now() }
    ticked.value = base.value.at
  })
  useIntervalFn(() => (ticked.value = performance.now()), TICK_MS)
  return computed(() => base.value.told + ticked.value - base.value.at)
}
