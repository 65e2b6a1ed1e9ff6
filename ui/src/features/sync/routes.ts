import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/queue', component: () => import('./QueuePage.vue'), meta: { section: 'more', open: true } },
]
