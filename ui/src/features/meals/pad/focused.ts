/** The number that has the screen: what a thermometer types goes there, wherever the focus is. */
import { onScopeDispose, watch } from 'vue'
import { useIsShown } from '@/shared/state/shown'

let open: ((value: string) => void) | null = null

/** Takes what is typed at once while the component stands and its page is in front. */
export function useTyped(take: (value: string) => void): void {
  const isShown = useIsShown()
  const leave = () => {
    if (open === take) open = null
  }
  watch(isShown, (shown) => (shown ? (open = take) : leave()), { immediate: true, flush: 'sync' })
  onScopeDispose(leave)
}

/** Gives a value to the number that has the screen; tells whether there is one. */
export function giveTyped(value: string): boolean {
  open?.(value)
  return open !== null
}
