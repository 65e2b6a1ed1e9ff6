import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/routes',
    component: () => import('./RoutesPage.vue'),
    meta: { section: 'routes', unfinished: ['route.save'] },
  },
  {
    path: '/routes/:id',
    component: () => import('./RoutePage.vue'),
    meta: {
      section: 'routes',
      unfinished: ['route.save', 'route.window', 'checkpoint.add', 'checkpoint.edit', 'tag.bind'],
    },
  },
  {
    path: '/routes/:id/labels',
    component: () => import('./LabelsPage.vue'),
    meta: { section: 'routes' },
  },
]
