import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/inspections/:id/report',
    component: () => import('./InspectionRecordPage.vue'),
    meta: { section: 'inspections' },
  },
]
