/** Everything that the board shows, kept true. */
import { useIntervalFn } from '@vueuse/core'
import { computed } from 'vue'
import { useQuery } from '@/shared/state/query'
import { useSession } from '@/shared/state/session'
import { isAdministrator } from '@/features/accounts'
import { isReady, type FirstSteps } from './board'

/** Rows of each list; more stand on the pages of their own. */
const ARRIVALS = 30
const DUE = 12
/** How often the tablets' last words are asked: no record changes when one is heard. */
const DEVICES_EVERY_MS = 60_000

/** The queries of the board, and the figures made of them. */
export function useBoard() {
  const session = useSession()
  const today = useQuery('today.get', () => ({ everybody: true }))
  const arrivals = useQuery('inspection.list', () => ({ limit: ARRIVALS, digests: true }), {
    kinds: ['inspection'],
  })
  const open = useQuery('finding.list', () => ({ state: 'open', limit: DUE }), { kinds: ['finding'] })
  const people = useQuery('person.list', () => ({ limit: 10 }), { kinds: ['person'] })
  const areas = useQuery('area.list', () => ({ limit: 1 }), { kinds: ['area'] })
  const devices = useQuery('office.devices', () => (isAdministrator(session) ? {} : null), {
    kinds: ['device'],
  })
  useIntervalFn(() => void devices.reload(), DEVICES_EVERY_MS)

  const tablets = computed(
    () => devices.data.value?.devices.filter(({ role, revoked }) => role === 'tablet' && !revoked) ?? [],
  )
  const steps = computed<FirstSteps | null>(() => {
    if (!people.data.value || !areas.data.value || !devices.data.value) return null
    return {
      people: people.data.value.people.length > 1,
      areas: areas.data.value.areas.length > 0,
      tablet: tablets.value.length > 0,
    }
  })
  /** Done and due of today's plan; without a plan only what was done is known. */
  const plan = computed(() => {
    const data = today.data.value
    if (!data) return null
    const thread = data.plan
    const done = thread.filter(({ state }) => state === 'done').length
    return thread.length > 0
      ? { done, due: thread.length }
      : { done: data.counts.submitted_today, due: null as number | null }
  })
  const week = computed(() => today.data.value?.term_week ?? null)
  return {
    today,
    arrivals,
    open,
    tablets,
    steps,
    isReady: computed(() => steps.value === null || isReady(steps.value)),
    plan,
    week,
  }
}
