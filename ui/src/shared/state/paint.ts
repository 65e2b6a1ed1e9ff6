/** What may wait until the person has seen what they did. */
import { onScopeDispose, ref, shallowRef, watchEffect, type ShallowRef } from 'vue'

/** Runs `work` once the frame that is being made now stands on the screen. */
export function afterPaint(work: () => void): void {
  // The frame is painted when its callbacks have run; a task of its own comes behind that.
  requestAnimationFrame(() => setTimeout(work))
}

export interface Held<T> {
  /** What `source` gives; after `hold`, what it gave before. */
  value: Readonly<ShallowRef<T>>
  /** Keeps the value until the next frame is painted and nothing is busy any more; calls `then` after that. */
  hold: (then?: () => void) => void
}

/** The longest that a value is kept, in ms: a slow save must not hide what belongs to the answer. */
const MOST_MS = 200

/**
 * Follows `source`, but not while the answer to a tap is drawn and stored: what is costly to draw comes after that.
 *
 * @param isBusy whether the tap is still being worked on.
 */
export function useHeld<T>(source: () => T, isBusy: () => boolean): Held<T> {
  /** Which tap is being drawn; zero when none is. */
  const tap = ref(0)
  const isPainted = ref(false)
  const value = shallowRef(source())
  let taps = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let next: (() => void) | undefined
  function release(one = tap.value) {
    if (one !== tap.value) return
    clearTimeout(timer)
    tap.value = 0
    next?.()
    next = undefined
  }
  function hold(then?: () => void) {
    const mine = (taps += 1)
    clearTimeout(timer)
    tap.value = mine
    next = then
    isPainted.value = false
    afterPaint(() => mine === tap.value && (isPainted.value = true))
    timer = setTimeout(() => release(mine), MOST_MS)
  }
  watchEffect(() => {
    const mine = tap.value
    if (mine === 0) value.value = source()
    // That it is stored is drawn first, too.
    else if (isPainted.value && !isBusy()) afterPaint(() => release(mine))
  })
  onScopeDispose(() => {
    next = undefined
    release()
  })
  return { value, hold }
}
