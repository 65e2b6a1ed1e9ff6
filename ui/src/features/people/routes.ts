import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/people',
    component: () => import('./PeoplePage.vue'),
    meta: { section: 'people', keep: true, unfinished: ['person.add', 'person.details', 'person.grant'] },
  },
]
