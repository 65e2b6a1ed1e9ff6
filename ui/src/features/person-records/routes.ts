import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/people/:id/records',
    component: () => import('./PersonRecordsPage.vue'),
    meta: { section: 'people' },
  },
]
