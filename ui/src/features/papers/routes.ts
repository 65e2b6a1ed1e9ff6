import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/papers', component: () => import('./PapersPage.vue'), meta: { section: 'more' } },
  { path: '/papers/check', component: () => import('./CheckPage.vue'), meta: { section: 'more' } },
  { path: '/papers/:sheet(.+)', component: () => import('./PaperPage.vue'), meta: { section: 'more' } },
]
