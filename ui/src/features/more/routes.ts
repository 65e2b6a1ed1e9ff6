import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/more', component: () => import('./MorePage.vue'), meta: { section: 'more', keep: true } },
  { path: '/more/pin', component: () => import('./PinPage.vue'), meta: { section: 'more' } },
  { path: '/about', component: () => import('./AboutPage.vue'), meta: { section: 'more', open: true } },
]
