/** The pages of meals in the office, each with its code apart: the start of the program knows no more of them than their names. */
const PAGES = {
  board: () => import('./board/BoardPage.vue'),
  menu: () => import('./menu/MenuPage.vue'),
  samples: () => import('./samples/SamplesPage.vue'),
  trace: () => import('./trace/TracePage.vue'),
  temperatures: () => import('./figures/TemperaturesPage.vue'),
  leftovers: () => import('./figures/LeftoversPage.vue'),
  suppliers: () => import('./figures/SuppliersPage.vue'),
}

export type View = keyof typeof PAGES

export const pageOf = (view: View) => PAGES[view]()
