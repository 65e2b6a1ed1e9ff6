/** The wait after too many wrong tries, counted down in the open. */
import { useIntervalFn } from '@vueuse/core'
import { computed, ref, type ComputedRef } from 'vue'
import type { CommandError } from '@/backend'

export interface Wait {
  /** Seconds that are left; 0 when the next try may be made. */
  left: ComputedRef<number>
  /** Begins to count from a refusal, if it says how long. */
  begin: (error: CommandError) => void
  /** Ends it, as for another person. */
  end: () => void
}

/** @param clock in ms; tests hand in their own. */
export function useWait(clock: () => number = Date.now): Wait {
  const until = ref(0)
  const now = ref(clock())
  const left = computed(() => Math.max(0, Math.ceil((until.value - now.value) / 1_000)))
  const { pause, resume } = useIntervalFn(
    () => {
      now.value = clock()
      if (left.value === 0) pause()
    },
    250,
    { immediate: false },
  )
  return {
    left,
    begin(error) {
      const seconds = Number(error.details.wait_s)
      if (!(seconds > 0)) return
      now.value = clock()
      until.value = now.value + seconds * 1_000
      resume()
    },
    end() {
      until.value = 0
      pause()
    },
  }
}
