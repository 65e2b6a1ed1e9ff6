import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/account', component: () => import('./AccountPage.vue'), meta: { section: 'more' } },
  {
    path: '/accounts',
    component: () => import('./AccountsPage.vue'),
    meta: { section: 'more', unfinished: ['account.add'] },
  },
]
