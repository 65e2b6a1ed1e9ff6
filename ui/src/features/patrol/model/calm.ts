/** Taps that were not meant: on a wet screen one finger taps twice, and the next point's button stands where the last one's stood. */
import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** How long after a change of what the buttons mean a tap is dropped. */
export const CALM_MS = 400

/**
 * Whether taps count: not in the first moment after `meaning` has changed.
 * @param meaning what the buttons are about, such as the point and whether somebody stands there.
 */
export function useCalm(meaning: () => string): Readonly<Ref<boolean>> {
  const isCalm = ref(true)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    meaning,
    () => {
      isCalm.value = false
      clearTimeout(timer)
      timer = setTimeout(() => (isCalm.value = true), CALM_MS)
    },
    { flush: 'sync' },
  )
  onScopeDispose(() => clearTimeout(timer))
  return isCalm
}
