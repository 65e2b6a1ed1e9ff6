/** What time it is by this device, running on between two answers, and who vouches for it. */
import { useNow } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useTimeFormat } from '@/shared/format/time'
import { useQuery } from '@/shared/state/query'
import { useSync } from '@/shared/state/sync'

export function useClock() {
  const { t } = useI18n()
  const time = useTimeFormat()
  const sync = useSync()
  const query = useQuery('clock.get', () => ({}), { kinds: ['clock'] })
  // An exchange may have brought the time along.
  watch(sync.status, () => void query.reload())

  /** When the answer came, by a clock that nobody sets. */
  const came = shallowRef(0)
  watch(query.data, () => (came.value = performance.now()), { immediate: true })
  const tick = useNow({ interval: 1_000 })
  const now = computed(() => {
    void tick.value
    return query.data.value ? query.data.value.now + performance.now() - came.value : null
  })

  /** With the weekday, for that is what people notice first. */
  function moment(at: number): string {
    const wall = time.toWall(at)
    return t('clock.moment', {
      year: wall.slice(0, 4),
      date: time.longDate(wall.slice(0, 10)),
      clock: wall.slice(11, 16),
    })
  }
  const isImpossible = computed(() => {
    const { state, earliest = 0 } = query.data.value ?? {}
    return state === 'none' && now.value !== null && now.value < earliest
  })
  return { ...query, now, moment, isImpossible }
}
