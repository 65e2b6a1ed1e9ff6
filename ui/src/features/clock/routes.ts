import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/clock', component: () => import('./ClockPage.vue'), meta: { section: 'more' } },
]
