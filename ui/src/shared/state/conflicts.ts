/** What people filled in differently: how much of it there is, and how much of that this person may decide. */
import { computed, type ComputedRef } from 'vue'
import { useQuery } from './query'
import { useSession } from './session'
import { useSync } from './sync'

export interface Conflicts {
  all: ComputedRef<number>
  /** Those that wait for this person; the others wait for whoever began the form, or for the office. */
  mine: ComputedRef<number>
}

/** Follows them. */
export function useConflicts(): Conflicts {
  const session = useSession()
  const sync = useSync()
  const all = computed(() => sync.status.value?.conflicts ?? 0)
  const list = useQuery('conflict.list', () => (session.isSomebody.value && all.value > 0 ? {} : null))
  const mine = computed(() => {
    if (all.value === 0 || !session.isSomebody.value) return 0
    return list.data.value?.conflicts.filter(({ may_resolve }) => may_resolve).length ?? 0
  })
  return { all, mine }
}
