/** Who is in front of the screen, through which door, and what that person may do. */
import { computed, inject, shallowRef, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Backend, CampusRow, Campuses, Door, Permission, Worker } from '@/backend'

export interface Session {
  door: Readonly<ShallowRef<Door | null>>
  worker: Readonly<ShallowRef<Worker | null>>
  campuses: Readonly<ShallowRef<Campuses | null>>
  /** Whether these are the office's pages. */
  isOffice: ComputedRef<boolean>
  /** Whether a person is known whose name goes on what is saved. */
  isSomebody: ComputedRef<boolean>
  /** The name that people see in the corner. */
  name: ComputedRef<string | null>
  /** The campus that this device serves, or the only one. */
  campus: ComputedRef<CampusRow | null>
  /** The campus's time zone, an IANA name. */
  timeZone: ComputedRef<string>
  /** Whether the person may do it. */
  may: (permission: Permission) => boolean
  /** Asks anew. */
  reload: () => Promise<void>
  /** Takes on what a switch of persons has answered. */
  setWorker: (worker: Worker) => void
  setDoor: (door: Door) => void
}

export const SESSION: InjectionKey<Session> = Symbol('session')

/** Whether an account may work: its owner is known, and has a password that nobody else has seen. */
export const isReady = (account: Door['account'] | undefined) =>
  account != null && !account.must_begin && !account.must_change_password

/** Asks who is there, and keeps it. */
export function createSession(backend: Backend): Session {
  const door = shallowRef<Door | null>(null)
  const worker = shallowRef<Worker | null>(null)
  const campuses = shallowRef<Campuses | null>(null)
  const isOffice = computed(() => door.value?.door === 'office')

  let turn = 0
  let newest: Promise<void> = Promise.resolve()
  async function reload() {
    const asked = ask(++turn)
    newest = asked
    await asked
    if (newest !== asked) await newest
  }
  async function ask(mine: number): Promise<void> {
    // Of two questions the later one knows more: an older answer must not bring a colleague back.
    const isOld = () => mine !== turn
    const answer = await backend.call('door.get', {})
    if (isOld()) return
    door.value = answer
    if (isOffice.value && !door.value.account) {
      worker.value = null
      return
    }
    if (door.value.account?.must_begin) {
      // Until the owner has said who they are, nobody works here; what is there already is not asked again.
      worker.value = null
      campuses.value = await backend.call('campus.list', {}).catch(() => null)
      return
    }
    if (door.value.account && !isReady(door.value.account)) {
      worker.value = null
      return
    }
    const [who, where] = await Promise.all([
      backend.call('person.current', {}),
      backend.call('campus.list', {}),
    ])
    if (isOld()) return
    worker.value = who
    campuses.value = where
  }

  backend.onChange((news) => {
    if (news.type === 'signed-out') void reload()
    const isAbout = (kind: string) => ['session', 'person', 'role_grant', 'campus', 'pin'].includes(kind)
    if (news.type === 'changed' && (news.kinds.length === 0 || news.kinds.some(isAbout)))
      void reload().catch(() => {})
  })

  const campus = computed(() => {
    const all = campuses.value
    if (!all) return null
    return (
      all.campuses.find(({ id }) => id === all.here) ??
      (all.campuses.length === 1 ? (all.campuses[0] ?? null) : null)
    )
  })
  return {
    door,
    worker,
    campuses,
    isOffice,
    isSomebody: computed(() => worker.value?.by != null),
    name: computed(() => worker.value?.by?.name ?? door.value?.account?.name ?? null),
    campus,
    timeZone: computed(() => campus.value?.timezone ?? 'Asia/Shanghai'),
    may: (permission) => worker.value?.permissions.includes(permission) ?? false,
    reload,
    setWorker(value) {
      turn += 1
      worker.value = value
    },
    setDoor: (value) => (door.value = value),
  }
}

/** The session, inside a component's setup. */
export function useSession(): Session {
  const session = inject(SESSION)
  if (!session) throw new Error('the app has no session')
  return session
}
