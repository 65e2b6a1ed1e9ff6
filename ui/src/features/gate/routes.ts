import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/gate', component: () => import('./GatePage.vue'), meta: { section: 'gate', keep: true } },
]
