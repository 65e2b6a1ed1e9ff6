/** What is done before a person goes: leaves a field or a page, hands the tablet over, closes it. */
import { getCurrentInstance, onDeactivated, onScopeDispose } from 'vue'
import type { Backend } from '@/backend'

/** What is left: a field; a page, or the tablet to somebody else; everything, and no answer may be heard any more. */
export type Left = 'field' | 'page' | 'all'

/** Stores what waits: for a pause in typing, or for somebody who may take it back. */
export type Leaving = (left: Left) => Promise<unknown> | void

const leaving = new Set<Leaving>()

/** Asks everything that waits to be stored now; settles when each has been tried. */
export async function leave(left: Left): Promise<void> {
  await Promise.allSettled([...leaving].map((store) => store(left)))
}

/** Calls `store` whenever the person may go; gives what ends that. */
export function beforeLeaving(store: Leaving): () => void {
  leaving.add(store)
  return () => leaving.delete(store)
}

/** The same inside a component's setup: besides, when the page is left. */
export function useLeaving(store: Leaving): void {
  const end = beforeLeaving(store)
  if (getCurrentInstance()) onDeactivated(() => void store('page'))
  onScopeDispose(() => {
    end()
    void store('page')
  })
}

/** Follows the fields and the page, once for all forms there are: leaving a field stores it, whatever the form. */
export function followLeaving(): void {
  document.addEventListener('focusout', () => void leave('field'))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void leave('all')
  })
  window.addEventListener('pagehide', () => void leave('all'))
}

/** After these another person may stand there: what the one before has typed is stored first, under the right name. */
const SWITCHES: readonly string[] = ['person.switch', 'door.sign_out']

/** A door that lets nobody go before what they typed is stored. */
export function storingBeforeSwitches(backend: Backend): Backend {
  return {
    ...backend,
    async call(name, args, as) {
      if (SWITCHES.includes(name)) await leave('page')
      return backend.call(name, args, as)
    },
  }
}
