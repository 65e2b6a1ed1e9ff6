/** Seconds that run down to nothing, as after too many wrong passwords. */
import { computed, onScopeDispose, ref, type ComputedRef } from 'vue'

const SECOND = 1_000

export interface Countdown {
  /** Whole seconds that are left; 0 when it is over. */
  left: ComputedRef<number>
  /** Starts it anew. */
  start: (seconds: number) => void
}

/** A countdown by the clock, so that a sleeping page does not stop it. */
export function useCountdown(): Countdown {
  const now = ref(Date.now())
  const until = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined
  const left = computed(() => Math.max(0, Math.ceil((until.value - now.value) / SECOND)))

  function stop() {
    clearInterval(timer)
    timer = undefined
  }
  function tick() {
    now.value = Date.now()
    if (left.value === 0) stop()
  }
  function start(seconds: number) {
    now.value = Date.now()
    until.value = now.value + seconds * SECOND
    stop()
    if (left.value > 0) timer = setInterval(tick, SECOND / 4)
  }
  onScopeDispose(stop)
  return { left, start }
}
