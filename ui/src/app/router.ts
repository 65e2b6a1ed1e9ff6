/** Which page stands where, and which must come first. */
import { createRouter, createWebHashHistory, type RouteLocationRaw, type RouteRecordRaw } from 'vue-router'
import { closeOverlays, pageShown } from '@/shared/state/overlays'
import type { Session } from '@/shared/state/session'

declare module 'vue-router' {
  interface RouteMeta {
    /** Stands without rail and badge: before somebody is known, or to work without distraction. */
    bare?: boolean
    /** Open to everybody: no person has to be known. */
    open?: boolean
    /** Which entry of the rail is lit. */
    section?: string
    /** Whether its state is kept while another page is shown, so that coming back finds everything in place. */
    keep?: boolean
    /** The forms that are taken up again there; the page of one about a record has its `:id` in the path. */
    unfinished?: readonly string[]
  }
}

const modules = import.meta.glob<{ routes: RouteRecordRaw[] }>('../features/*/routes.ts', { eager: true })

/** Every page, as its feature declares it in `routes.ts`. */
export const routes: RouteRecordRaw[] = Object.values(modules).flatMap((module) => module.routes)

const then = (to: { path: string; fullPath?: string }) => to.fullPath ?? to.path

/** What the office shows in the place of a tablet's page: reading beside the history, and findings as work to deal with. */
function officePage(to: { path: string; fullPath?: string }): RouteLocationRaw | null {
  if (to.path === '/findings' && then(to) === '/findings') return '/findings/board'
  if (to.path === '/patrol') return '/patrol/board'
  return /^\/inspections\/[0-9a-f-]{36}$/.test(to.path) ? `${to.path}/report` : null
}

/** The page that must come first, if it is not the one asked for. */
export function gate(
  session: Session,
  to: { meta: { open?: boolean }; path: string; fullPath?: string },
): RouteLocationRaw | true {
  const door = session.door.value
  if (!door) return to.path === '/no-answer' ? true : '/no-answer'
  if (session.isOffice.value) {
    // Whoever scans a tablet's code with a browser is told what it is for.
    if (!door.account)
      return ['/sign-in', '/enrol'].includes(to.path) ? true : { path: '/sign-in', query: { then: then(to) } }
    if (door.account.must_begin) return to.path === '/begin' ? true : '/begin'
    if (door.account.must_change_password)
      return to.path === '/own-password' ? true : { path: '/own-password', query: { then: then(to) } }
    if (
      ['/sign-in', '/begin', '/own-password', '/no-answer', '/', '/enrol', '/people-here', '/today'].includes(
        to.path,
      )
    )
      return '/board'
    return officePage(to) ?? true
  }
  const isNowhere = to.path === '/' || to.path === '/no-answer'
  if (to.meta.open && !isNowhere) return true
  if (!door.organisation) return '/enrol'
  if (!session.isSomebody.value) return { path: '/people-here', query: isNowhere ? {} : { then: then(to) } }
  return isNowhere ? '/today' : true
}

/** Where kept pages stood when they were left. */
const positions = new Map<string, number>()

export function makeRouter(session: Session) {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [...routes, { path: '/:rest(.*)*', redirect: '/' }],
    scrollBehavior: (to, from, saved) => {
      const isKept = to.meta.keep || from.path === '/people-here'
      return saved ?? { top: (isKept && positions.get(to.path)) || 0 }
    },
  })
  // Nothing lies above another page than the one it was opened on, least of all above the lock.
  router.beforeEach(async (to, from) => {
    if (to.path !== from.path) await closeOverlays()
    positions.set(from.path, window.scrollY)
    return gate(session, to)
  })
  // A page of an older build is gone when the program was renewed meanwhile: the new one is taken, once.
  router.onError((_error, to) => {
    const key = 'rounds-renewed-for'
    if (sessionStorage.getItem(key) === to.fullPath) return
    sessionStorage.setItem(key, to.fullPath)
    location.hash = to.fullPath
    location.reload()
  })
  router.afterEach((_to, _from, failure) => {
    pageShown()
    if (!failure) sessionStorage.removeItem('rounds-renewed-for')
  })
  return router
}
