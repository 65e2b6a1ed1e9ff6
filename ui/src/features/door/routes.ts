import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./NoAnswerPage.vue'), meta: { bare: true, open: true } },
  { path: '/no-answer', component: () => import('./NoAnswerPage.vue'), meta: { bare: true, open: true } },
]
