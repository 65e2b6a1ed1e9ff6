import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/patrol',
    component: () => import('./due/PatrolPage.vue'),
    meta: { section: 'patrol', unfinished: ['patrol.afterwards'] },
  },
  {
    path: '/patrol/:id',
    component: () => import('./walk/RunPage.vue'),
    meta: { section: 'patrol', bare: true, unfinished: ['patrol.point', 'patrol.items', 'patrol.correct'] },
  },
  {
    path: '/patrol/:id/end',
    component: () => import('./end/EndPage.vue'),
    meta: { section: 'patrol', bare: true, unfinished: ['patrol.end'] },
  },
]
