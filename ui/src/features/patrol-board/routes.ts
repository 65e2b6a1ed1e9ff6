import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/patrol/board', component: () => import('./DayPage.vue'), meta: { section: 'patrol' } },
  { path: '/patrol/coverage', component: () => import('./CoveragePage.vue'), meta: { section: 'patrol' } },
  { path: '/patrol/signals', component: () => import('./SignalsPage.vue'), meta: { section: 'patrol' } },
]
