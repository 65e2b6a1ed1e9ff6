import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/sign-in', component: () => import('./SignInPage.vue'), meta: { bare: true, open: true } },
  { path: '/begin', component: () => import('./BeginPage.vue'), meta: { bare: true } },
  { path: '/own-password', component: () => import('./OwnPasswordPage.vue'), meta: { bare: true } },
]
