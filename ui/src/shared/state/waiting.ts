/** The findings that wait for the person who works: to be put right, to be given to somebody, to be re-checked. */
import { computed, type ComputedRef, type Ref } from 'vue'
import type { CommandError, FindingRow, Permission } from '@/backend'
import { useQuery } from './query'
import { useSession } from './session'

export type { FindingRow }

export interface Waiting {
  /** What is due first stands first; undefined until it is known. */
  findings: ComputedRef<FindingRow[] | undefined>
  overdue: ComputedRef<number>
  error: Readonly<Ref<CommandError | null>>
}

/** One list of several: each finding once, without those that wait for somebody else, what is due first first. */
export function joined(lists: readonly (readonly FindingRow[])[], me: string | null): FindingRow[] {
  const once = new Map(lists.flat().map((row) => [row.id, row]))
  // Nobody re-checks what they put right themselves: that waits for a colleague.
  const isMine = (row: FindingRow) => row.state !== 'awaiting_recheck' || row.assignee?.id !== me
  const due = (row: FindingRow) => row.due ?? Number.MAX_SAFE_INTEGER
  return [...once.values()].filter(isMine).sort((a, b) => due(a) - due(b))
}

/** Follows them. */
export function useWaiting(): Waiting {
  const session = useSession()
  const options = { kinds: ['finding', 'person', 'area', 'role_grant'] }
  const when = (permission: Permission | null) =>
    session.isSomebody.value && (permission === null || session.may(permission))
  const mine = useQuery('finding.list', () => (when(null) ? { mine: true, state: 'open' } : null), options)
  const unassigned = useQuery(
    'finding.list',
    () => (when('assign_finding') ? { state: 'unassigned' } : null),
    options,
  )
  const fixed = useQuery(
    'finding.list',
    () => (when('recheck_finding') ? { state: 'awaiting_recheck' } : null),
    options,
  )
  const findings = computed(() => {
    if (!session.isSomebody.value || !mine.data.value) return undefined
    const lists = [
      mine.data.value,
      when('assign_finding') ? unassigned.data.value : undefined,
      when('recheck_finding') ? fixed.data.value : undefined,
    ]
    return joined(
      lists.map((page) => page?.findings ?? []),
      session.worker.value?.by?.id ?? null,
    )
  })
  return {
    findings,
    overdue: computed(() => findings.value?.filter((row) => row.is_overdue).length ?? 0),
    error: mine.error,
  }
}
