import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/findings',
    component: () => import('./FindingsPage.vue'),
    meta: { section: 'findings', keep: true },
  },
  {
    path: '/findings/new',
    component: () => import('./ReportPage.vue'),
    meta: { section: 'findings', unfinished: ['finding.report'] },
  },
  {
    path: '/findings/:id',
    component: () => import('./FindingPage.vue'),
    meta: { section: 'findings', unfinished: ['finding.step'] },
  },
]
