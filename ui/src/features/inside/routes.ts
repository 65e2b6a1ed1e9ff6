import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/inside', component: () => import('./InsidePage.vue'), meta: { section: 'more' } },
]
