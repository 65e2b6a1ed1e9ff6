import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/school',
    component: () => import('./SchoolPage.vue'),
    meta: { section: 'more', keep: true, unfinished: ['campus.save', 'asset.save', 'setting.set'] },
  },
]
