import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/enrol', component: () => import('./EnrolPage.vue'), meta: { bare: true, open: true } },
]
