import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/conflicts',
    component: () => import('./ConflictsPage.vue'),
    meta: { section: 'conflicts', keep: true },
  },
  {
    path: '/conflicts/:id',
    component: () => import('./ConflictPage.vue'),
    meta: { section: 'conflicts', unfinished: ['conflict.value'] },
  },
]
