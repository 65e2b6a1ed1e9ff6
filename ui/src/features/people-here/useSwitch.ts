/** The steps of a switch of persons. */
import { useLocalStorage } from '@vueuse/core'
import { nextTick, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute, useRouter } from 'vue-router'
import { CommandError, useBackend } from '@/backend'
import { useErrorText } from '@/shared/format/error'
import { useSession } from '@/shared/state/session'
import type { Person } from './usePeople'
import { useWait } from './useWait'

/** Which question stands there. */
export type Step =
  | { name: 'choose' }
  | { name: 'pin'; person: Person }
  /** `old`: the PIN that somebody else had set to begin with. */
  | { name: 'new-pin'; person: Person; old: string | null }

/** A page of this app that a link may lead back to; anything else leads to the first page. */
export function pageOf(then: unknown): string {
  return typeof then === 'string' && /^\/(?!\/|people-here)/.test(then) ? then : '/today'
}

/** How long a person who said "later" is left in peace. */
const LATER_MS = 24 * 3_600_000

/** @param used hears who was switched to. */
export function useSwitch(used: (person: string) => void) {
  const { t } = useI18n()
  const textOf = useErrorText()
  const backend = useBackend()
  const session = useSession()
  const router = useRouter()
  const route = useRoute()
  const wait = useWait()

  const laterAt = useLocalStorage<Record<string, number>>('rounds-pin-later', {})
  const isDue = (person: string) => Date.now() - (laterAt.value[person] ?? 0) > LATER_MS
  /** Leaves it as it is for today. */
  function later() {
    if (step.value.name === 'new-pin')
      laterAt.value = { ...laterAt.value, [step.value.person.id]: Date.now() }
    leave()
  }

  const step = ref<Step>({ name: 'choose' })
  const pin = ref('')
  const trouble = ref('')
  const error = shallowRef<CommandError | null>(null)
  const isAsking = ref(false)

  watch(pin, (typed) => {
    if (typed) trouble.value = ''
  })
  watch(step, () => {
    pin.value = ''
    trouble.value = ''
    void nextTick(() => document.querySelector<HTMLElement>('h1')?.focus())
  })

  const leave = () => void router.replace(pageOf(route.query.then))

  async function switchTo(person: Person, typed: string | null) {
    isAsking.value = true
    try {
      const worker = await backend.call('person.switch', { person: person.id, pin: typed })
      used(person.id)
      wait.end()
      session.setWorker(worker)
      if (worker.should_set_pin && isDue(person.id)) step.value = { name: 'new-pin', person, old: typed }
      else leave()
    } finally {
      isAsking.value = false
    }
  }

  /** One tap: who has a PIN is asked for it, who has none is there. */
  async function choosePerson(person: Person) {
    error.value = null
    if (session.worker.value?.by?.id === person.id) return leave()
    if (person.has_pin) {
      wait.end()
      step.value = { name: 'pin', person }
      return
    }
    try {
      await switchTo(person, null)
    } catch (thrown) {
      const refusal = CommandError.from(thrown)
      // Another tablet may have sent the PIN just now; else a person who decides over others has to be given one.
      error.value =
        refusal.code === 'pin-needed'
          ? new CommandError('pin-missing', refusal.message, refusal.field, { name: person.name ?? '' })
          : refusal
    }
  }

  async function tryPin() {
    if (step.value.name !== 'pin' || isAsking.value || wait.left.value > 0) return
    const typed = pin.value
    try {
      await switchTo(step.value.person, typed)
    } catch (thrown) {
      const refusal = CommandError.from(thrown)
      pin.value = ''
      wait.begin(refusal)
      trouble.value = refusal.code === 'wrong-pin' ? t('pin.wrong') : textOf(refusal)
    }
  }

  return {
    step,
    pin,
    trouble,
    error,
    isAsking,
    left: wait.left,
    choose: () => (step.value = { name: 'choose' }),
    choosePerson,
    tryPin,
    leave,
    later,
  }
}
