/** The way of a device into an organisation: ask, be let in, receive. */
import { useIntervalFn } from '@vueuse/core'
import { computed, ref, shallowRef } from 'vue'
import { CommandError, useBackend } from '@/backend'
import { useQuery } from '@/shared/state/query'
import { useSession } from '@/shared/state/session'
import { useSync } from '@/shared/state/sync'
import { asAddress, asCode, readLink } from './invitation'

/** What the person typed. */
export interface Typed {
  server: string
  code: string
  name: string
}

/** How often the progress is looked at, for a door that tells it late. */
const LOOK_MS = 1_500

/** @param nameOf what a tablet of this number is called. */
export function useEnrolment(typed: Typed, nameOf: (tablet: number) => string) {
  const backend = useBackend()
  const session = useSession()
  const sync = useSync()

  /** `ask`: something is to be typed. `asking`: the server is asked. `receiving`: the first download. */
  const step = ref<'ask' | 'asking' | 'receiving'>('ask')
  const error = shallowRef<CommandError | null>(null)
  const people = useQuery('person.list', () => (step.value === 'receiving' ? { limit: 1_000 } : null))

  const link = computed(() => readLink(typed.code))
  const isReady = computed(
    () =>
      typed.code.trim() !== '' &&
      typed.name.trim() !== '' &&
      (link.value !== null || typed.server.trim() !== ''),
  )

  /** A link in either field is taken apart, so that people see what they agree to. */
  function takeApart(text: string): boolean {
    const found = readLink(text)
    if (!found) return false
    const { tablet, ...where } = found
    Object.assign(typed, where)
    // A name that somebody thought of stays.
    if (tablet !== undefined && typed.name.trim() === '') typed.name = nameOf(tablet)
    return true
  }

  async function enrol() {
    takeApart(typed.code)
    takeApart(typed.server)
    error.value = null
    step.value = 'asking'
    try {
      await backend.call('sync.enrol', {
        server: asAddress(typed.server),
        code: asCode(typed.code),
        device_name: typed.name.trim() || null,
      })
    } catch (thrown) {
      const refusal = CommandError.from(thrown)
      // Nothing is tried again by itself here: the person has to look at the address.
      error.value =
        refusal.code === 'unreachable'
          ? new CommandError('no-such-server', refusal.message, 'server')
          : refusal
      step.value = 'ask'
      return
    }
    step.value = 'receiving'
    await session.reload().catch(() => {})
    await sync.reload().catch(() => {})
  }

  useIntervalFn(() => {
    if (step.value !== 'receiving') return
    void sync.reload().catch(() => {})
    if (arrived.value === 0) void people.reload()
  }, LOOK_MS)

  const arrived = computed(() => people.data.value?.people.length ?? 0)
  return {
    step,
    error,
    isReady,
    takeApart,
    enrol,
    /** How many people have arrived; from the first one on the work can begin. */
    arrived,
    /** How many records have arrived so far. */
    received: computed(() => sync.status.value?.pulled ?? 0),
    /** Whether the feed was read to its end. */
    isWhole: computed(() => sync.status.value?.badge === 'synced' || sync.status.value?.all_synced === true),
    /** Whether the server cannot be reached just now. */
    isWaiting: computed(() => sync.status.value?.badge === 'offline'),
  }
}
