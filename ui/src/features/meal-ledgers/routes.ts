import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/ledgers', component: () => import('./LedgersPage.vue'), meta: { section: 'registers' } },
]
