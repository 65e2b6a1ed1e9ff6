import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/people-here', component: () => import('./PeopleHerePage.vue'), meta: { bare: true, open: true } },
]
