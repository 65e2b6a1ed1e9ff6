import type { RouteRecordRaw } from 'vue-router'
import type { View } from './pages'

const VIEWS: readonly View[] = ['board', 'menu', 'samples', 'trace', 'temperatures', 'leftovers', 'suppliers']

export const routes: RouteRecordRaw[] = VIEWS.map((view) => ({
  path: `/kitchen/${view}`,
  component: () => import('./pages').then(({ pageOf }) => pageOf(view)),
  meta: { section: 'meals', ...(view === 'menu' ? { unfinished: ['menu.save', 'meal.strike'] } : {}) },
}))
