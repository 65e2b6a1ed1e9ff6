import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/papers', component: () => import('./PapersPage.vue'), meta: { section: 'papers' } },
  { path: '/papers/check', component: () => import('./CheckPage.vue'), meta: { section: 'papers' } },
  { path: '/papers/:sheet(.+)', component: () => import('./PaperPage.vue'), meta: { section: 'papers' } },
]
