/** Letting an account in at the office's door. */
import { ref, shallowRef } from 'vue'
import { CommandError, useBackend, type OrganisationRef } from '@/backend'
import { isReady, useSession } from '@/shared/state/session'
import { useSync } from '@/shared/state/sync'
import { useCountdown } from './useCountdown'

/** Under which this browser remembers that somebody was in, so that an ended session can be told from a first visit. */
const WAS_IN = 'rounds-was-in'

/** Whether somebody was signed in here whose session has ended meanwhile. */
export const hasEnded = () => sessionStorage.getItem(WAS_IN) !== null

/** Forgets that somebody was in, as when one signs out. */
export const forgetSignIn = () => sessionStorage.removeItem(WAS_IN)

/** Where to go after signing in; a page of this app alone, and never sign-in itself. */
export function safeTarget(then: unknown): string {
  if (typeof then !== 'string' || !/^\/(?![/\\])/.test(then)) return '/board'
  return ['/', '/sign-in', '/begin', '/own-password', '/no-answer'].includes(then.split('?')[0] ?? '')
    ? '/board'
    : then
}

/** What the sign-in form does. */
export function useSignIn() {
  const backend = useBackend()
  const session = useSession()
  const sync = useSync()
  const wait = useCountdown()
  const isBusy = ref(false)
  const error = shallowRef<CommandError | null>(null)
  /** Where the server has several, those to choose from. */
  const choices = shallowRef<OrganisationRef[]>([])

  /** Tries; true when somebody is in. */
  async function signIn(name: string, password: string, organisation: string): Promise<boolean> {
    if (isBusy.value || wait.left.value > 0) return false
    isBusy.value = true
    error.value = null
    try {
      const chosen = organisation ? { organisation } : {}
      session.setDoor(await backend.call('door.sign_in', { name: name.trim(), password, ...chosen }))
      sessionStorage.setItem(WAS_IN, '1')
      await session.reload()
      if (isReady(session.door.value?.account)) void sync.reload().catch(() => {})
      return true
    } catch (thrown) {
      const refused = CommandError.from(thrown)
      const { wait_s: seconds, organisations } = refused.details
      if (typeof seconds === 'number') wait.start(seconds)
      if (Array.isArray(organisations)) choices.value = organisations as OrganisationRef[]
      error.value = refused
      return false
    } finally {
      isBusy.value = false
    }
  }
  return { signIn, isBusy, error, choices, waitLeft: wait.left }
}
