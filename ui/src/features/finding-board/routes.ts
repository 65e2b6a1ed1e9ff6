import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/findings/board',
    component: () => import('./FindingBoardPage.vue'),
    meta: { section: 'findings', keep: true },
  },
]
