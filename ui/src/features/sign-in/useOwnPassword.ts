/** Choosing a password of one's own in the place of one that somebody else has set. */
import { computed } from 'vue'
import { useBackend } from '@/backend'
import { useAction } from '@/shared/composables/useAction'
import { useSession } from '@/shared/state/session'
import { useSync } from '@/shared/state/sync'
import { forgetSignIn } from './useSignIn'

/** What the page does; each tells whether it went well. */
export function useOwnPassword() {
  const backend = useBackend()
  const session = useSession()
  const sync = useSync()

  const choose = useAction(async (password: string) => {
    session.setDoor(await backend.call('door.password', { password }))
    await session.reload()
    void sync.reload().catch(() => {})
  })
  const leave = useAction(async () => {
    await backend.call('door.sign_out', {})
    forgetSignIn()
    await session.reload()
  })
  return {
    choose: choose.run,
    leave: leave.run,
    error: computed(() => choose.error.value ?? leave.error.value),
    isBusy: computed(() => choose.isBusy.value || leave.isBusy.value),
  }
}
