/** The number that has the screen: what a thermometer types goes there, wherever the focus is. */
import { onScopeDispose } from 'vue'

let open: ((value: string) => void) | null = null

/** Takes what is typed at once while the component stands. */
export function useTyped(take: (value: string) => void): void {
  open = take
  onScopeDispose(() => {
    if (open === take) open = null
  })
}

/** Gives a value to the number that has the screen; tells whether there is one. */
export function giveTyped(value: string): boolean {
  open?.(value)
  return open !== null
}
