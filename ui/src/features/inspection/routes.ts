import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/inspections',
    component: () => import('./list/InspectionListPage.vue'),
    meta: { section: 'inspections', keep: true },
  },
  {
    path: '/inspections/new',
    component: () => import('./start/NewInspectionPage.vue'),
    meta: { section: 'inspections', unfinished: ['inspection.start'] },
  },
  {
    path: '/inspections/:id',
    component: () => import('./form/FormPage.vue'),
    meta: {
      section: 'inspections',
      bare: true,
      unfinished: ['inspection.items', 'inspection.sign', 'inspection.correct', 'inspection.void'],
    },
  },
  {
    path: '/inspections/:id/submit',
    component: () => import('./submit/SubmitPage.vue'),
    meta: { section: 'inspections', bare: true, unfinished: ['inspection.submit'] },
  },
]
