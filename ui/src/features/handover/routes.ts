import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/handover',
    component: () => import('./HandoverPage.vue'),
    meta: { section: 'handover', keep: true, unfinished: ['entry.door'] },
  },
]
