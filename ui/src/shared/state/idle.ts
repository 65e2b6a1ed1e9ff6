/** The lock after a while without a touch: nobody works under a colleague's name, and nothing typed is lost. */
import { useLocalStorage } from '@vueuse/core'
import { inject, onScopeDispose, readonly, ref, watch, type InjectionKey, type Ref } from 'vue'
import type { Backend } from '@/backend'
import type { Session } from './session'

/** The minutes that people can choose from. */
export const IDLE_CHOICES = [2, 5, 10, 30] as const
/** What counts as a touch. */
const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'input'] as const
/** How often the clock is looked at. A timer alone would sleep with the screen. */
const LOOK_MS = 5_000
const MINUTE_MS = 60_000
/** The longest that anybody may choose, in minutes, and longer than any walk holds the lock back. */
const LONGEST = 30

const minutes = useLocalStorage<number>('rounds-idle-minutes', 5)
/** When this device locks unless somebody touches it, in ms since 1970: kept, for a program that was ended counts no minutes; 0 before anybody was here. */
const locksAt = useLocalStorage<number>('rounds-locks-at', 0)

/** After how many minutes the screen locks, kept on this device; anything outside 2 to 30 is held there. */
export function useIdleMinutes(): Ref<number> {
  return minutes
}

/** What is open that somebody walks with, each with the minutes that it may lie untouched. */
const patience = new Map<symbol, number>()

/** Holds the lock back to `after` minutes without a touch while `isOpen` says so: whoever walks in the rain is not asked at each stop. */
export function useIdlePatience(isOpen: () => boolean, after: number): void {
  const own = Symbol('open')
  watch(isOpen, (open) => (open ? patience.set(own, after) : patience.delete(own)), { immediate: true })
  onScopeDispose(() => patience.delete(own))
}

/** What has to be known to lock. */
export interface IdleParts {
  backend: Backend
  session: Session
  /** Whether a command is on its way: a save is never cut off from the person who made it. */
  isBusy: () => boolean
  /**
   * The clock, in ms.
   * @default Date.now
   */
  now?: () => number
}

/** Counts the commands on their way through a door. */
export function watchCalls(backend: Backend): { backend: Backend; isBusy: () => boolean } {
  let running = 0
  async function counted<T>(work: Promise<T>): Promise<T> {
    running += 1
    try {
      return await work
    } finally {
      running -= 1
    }
  }
  return {
    backend: {
      ...backend,
      call: (name, args, as) => counted(backend.call(name, args, as)),
      putBlob: (bytes) => counted(backend.putBlob(bytes)),
    },
    isBusy: () => running > 0,
  }
}

/** Under which an app provides whether a command is on its way. */
export const IS_BUSY: InjectionKey<() => boolean> = Symbol('is busy')

/** Whether a command is on its way, inside a component's setup. */
export function useIsBusy(): () => boolean {
  return inject(IS_BUSY, () => false)
}

/** Switches to nobody on a tablet that somebody works on; what fails is tried again by who looks again. */
async function lock({ backend, session }: Pick<IdleParts, 'backend' | 'session'>): Promise<void> {
  if (session.isOffice.value || !session.isSomebody.value) return
  try {
    session.setWorker(await backend.call('person.switch', { person: null }))
  } catch {
    // Looked at again in a moment.
  }
}

/**
 * Before the first page: locks a tablet that was switched off, or whose program ended, and would have locked since; also one
 * whose clock stands so long before that moment that it was put back.
 */
export async function lockWhatWasLeft({
  now = Date.now,
  ...parts
}: Omit<IdleParts, 'isBusy'>): Promise<void> {
  if (locksAt.value === 0) return
  const left = locksAt.value - now()
  if (left <= 0 || left > LONGEST * MINUTE_MS) await lock(parts)
}

/** Locks the tablet when nobody touched it for the chosen time; gives when it was last touched. */
export function useIdleLock({ backend, session, isBusy, now = Date.now }: IdleParts) {
  const touchedAt = ref(now())
  const touch = () => (touchedAt.value = now())

  async function look() {
    // A clock that was put back counts from where it stands now.
    touchedAt.value = Math.min(touchedAt.value, now())
    const chosen = Math.min(LONGEST, Math.max(2, minutes.value))
    const limit = Math.max(chosen, ...patience.values())
    locksAt.value = touchedAt.value + limit * MINUTE_MS
    if (now() >= locksAt.value && !isBusy()) await lock({ backend, session })
  }
  void look()

  TOUCHES.forEach((name) => window.addEventListener(name, touch, { passive: true, capture: true }))
  // A tablet that wakes up looks at once, before anybody can go on under the old name.
  const onWake = () => document.visibilityState === 'visible' && void look()
  document.addEventListener('visibilitychange', onWake)
  const timer = setInterval(() => void look(), LOOK_MS)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', onWake)
    TOUCHES.forEach((name) => window.removeEventListener(name, touch, { capture: true }))
  })
  return { touchedAt: readonly(touchedAt), look }
}
