/** What the school's settings ask of a meal, as the pad shows it beside what is typed. */
import { computed, type ComputedRef } from 'vue'
import { useQuery } from '@/shared/state/query'

export interface Limits {
  /** The least core temperature, ℃. */
  core: string | null
  /** The least grams of a sample. */
  grams: string | null
  /** The hours that a sample is kept. */
  keep: string | null
  /** The highest temperature of a body, ℃. */
  body: string | null
}

const KEYS = {
  core: 'food.core_c',
  grams: 'sample.min_g',
  keep: 'sample.keep_h',
  body: 'soft.body_temp_max_c',
} as const satisfies Record<keyof Limits, string>

/** The limits of a day; null where one is not known, and then the pad judges nothing. */
export function useLimits(day: string): ComputedRef<Limits> {
  const settings = useQuery('setting.list', () => ({ day }), { kinds: ['setting', 'campus'] })
  const numberOf = (key: string) => {
    const value = settings.data.value?.settings.find((one) => one.key === key)?.value
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null
  }
  return computed(() => ({
    core: numberOf(KEYS.core),
    grams: numberOf(KEYS.grams),
    keep: numberOf(KEYS.keep),
    body: numberOf(KEYS.body),
  }))
}
