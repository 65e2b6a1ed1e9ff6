import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/meals',
    component: () => import('./list/MealsPage.vue'),
    meta: { section: 'meals', unfinished: ['meal.dispose'] },
  },
  {
    // Which meal: its day and type, and its kitchen where that is not the first.
    path: '/meals/:kind',
    component: () => import('./card/CardPage.vue'),
    meta: { section: 'meals', unfinished: ['meal.card'] },
  },
  {
    path: '/meals/:kind/labels',
    component: () => import('./labels/LabelsPage.vue'),
    meta: { section: 'meals' },
  },
]
