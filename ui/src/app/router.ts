/** Which page stands where, and which must come first. */
import { createRouter, createWebHashHistory, type RouteLocationRaw, type RouteRecordRaw } from 'vue-router'
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
  }
}

const modules = import.meta.glob<{ routes: RouteRecordRaw[] }>('../features/*/routes.ts', { eager: true })

/** Every page, as its feature declares it in `routes.ts`. */
export const routes: RouteRecordRaw[] = Object.values(modules).flatMap((module) => module.routes)

/** The page that must come first, if it is not the one asked for. */
export function gate(
  session: Session,
  to: { meta: { open?: boolean }; path: string },
): RouteLocationRaw | true {
  const door = session.door.value
  if (!door) return to.path === '/no-answer' ? true : '/no-answer'
  if (session.isOffice.value) {
    if (!door.account) return to.path === '/sign-in' ? true : { path: '/sign-in', query: { then: to.path } }
    if (door.account.must_begin) return to.path === '/begin' ? true : '/begin'
    if (['/sign-in', '/begin', '/no-answer', '/', '/enrol', '/people-here', '/today'].includes(to.path))
      return '/board'
    return true
  }
  if (to.meta.open) return true
  if (!door.organisation) return '/enrol'
  if (!session.isSomebody.value)
    return { path: '/people-here', query: to.path === '/' ? {} : { then: to.path } }
  return to.path === '/' || to.path === '/no-answer' ? '/today' : true
}

export function makeRouter(session: Session) {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [...routes, { path: '/:rest(.*)*', redirect: '/' }],
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
  router.beforeEach((to) => gate(session, to))
  return router
}
