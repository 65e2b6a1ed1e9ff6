import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/board', component: () => import('./BoardPage.vue'), meta: { section: 'board', keep: true } },
]
