import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/areas',
    component: () => import('./AreasPage.vue'),
    meta: { section: 'areas', keep: true, unfinished: ['area.save'] },
  },
]
