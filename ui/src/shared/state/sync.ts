/** What was sent and what waits, as the badge shows it. */
import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Backend, SyncStatus } from '@/backend'

export interface Sync {
  status: Readonly<ShallowRef<SyncStatus | null>>
  reload: () => Promise<void>
}

export const SYNC: InjectionKey<Sync> = Symbol('sync')

/** How long changes are gathered before the state is asked for again. */
const GATHER_MS = 100

/** Follows the exchange with the server. */
export function createSync(backend: Backend): Sync {
  const status = shallowRef<SyncStatus | null>(null)
  const reload = async () => {
    status.value = await backend.call('sync.status', {})
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  backend.onChange((news) => {
    if (news.type === 'sync') status.value = news.status
    if (news.type !== 'changed') return
    clearTimeout(timer)
    timer = setTimeout(() => void reload().catch(() => {}), GATHER_MS)
  })
  return { status, reload }
}

/** The state of the exchange, inside a component's setup. */
export function useSync(): Sync {
  const sync = inject(SYNC)
  if (!sync) throw new Error('the app has no sync')
  return sync
}
