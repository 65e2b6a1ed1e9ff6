import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/registers',
    component: () => import('./all/RegistersPage.vue'),
    meta: { section: 'registers' },
  },
  {
    path: '/registers/:kind',
    component: () => import('./list/EntryListPage.vue'),
    meta: { section: 'registers', keep: true },
  },
  {
    path: '/registers/:kind/new',
    component: () => import('./form/NewEntryPage.vue'),
    meta: { section: 'registers', unfinished: ['entry.save'] },
  },
  {
    path: '/entries/:id',
    component: () => import('./entry/EntryPage.vue'),
    meta: { section: 'registers', unfinished: ['entry.save', 'entry.act', 'entry.correct'] },
  },
]
