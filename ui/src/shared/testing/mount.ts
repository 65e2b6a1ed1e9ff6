/** A component in the frame that the app gives it: session, sync, router, texts. */
import { DOMWrapper, mount, type VueWrapper } from '@vue/test-utils'
import { h, nextTick, type Component } from 'vue'
import { createRouter, createMemoryHistory, type Router } from 'vue-router'
import { makeI18n } from '@/app/i18n'
import { BACKEND, type Backend } from '@/backend'
import type { Language } from '@/shared/state/look'
import { partsHere } from '@/shared/state/later'
import { SESSION, createSession } from '@/shared/state/session'
import { SYNC, createSync } from '@/shared/state/sync'

export interface Frame {
  backend: Backend
  /** Where it stands. */
  path?: string
  /** The path of its route, such as `/entries/:id`, for a page that reads its own address. */
  route?: string
  /** @default 'zh' */
  language?: Language
}

const Nothing: Component = { render: () => h('div') }

/** A router that knows every path, and of one route what stands in it. */
export function anyRouter(route?: string): Router {
  const own = route ? [{ path: route, component: Nothing }] : []
  return createRouter({
    history: createMemoryHistory(),
    routes: [...own, { path: '/:rest(.*)*', component: Nothing }],
  })
}

/** Mounts `component` for a backend, after who works there is known. */
export async function mountIn(
  component: Component,
  frame: Frame,
  options: { props?: object; provide?: Record<symbol, unknown> } = {},
) {
  const session = createSession(frame.backend)
  await session.reload().catch(() => {})
  const router = anyRouter(frame.route)
  await router.push(frame.path ?? '/')
  const wrapper: VueWrapper = mount(component as never, {
    attachTo: document.body,
    props: options.props as never,
    global: {
      plugins: [makeI18n(frame.language ?? 'zh'), router],
      provide: {
        [BACKEND as symbol]: frame.backend,
        [SESSION as symbol]: session,
        [SYNC as symbol]: createSync(frame.backend),
        ...options.provide,
      },
    },
  })
  return { wrapper, session, router }
}

/** Waits until something has opened or closed above the page: its parts come one after the other. */
export async function overlaysSettled() {
  await partsHere()
  for (let part = 0; part < 4; part += 1) await nextTick()
  await new Promise((resolve) => setTimeout(resolve))
}

/** The dialog that lies on top; it stands at the end of the page, outside of what is mounted. */
export function topDialog(): DOMWrapper<Element> {
  const top = [...document.querySelectorAll('[role=dialog]')].at(-1)
  if (!top) throw new Error('nothing lies above the page')
  return new DOMWrapper(top)
}

/** Runs `setup` inside such a frame, for what is a composable. */
export async function runIn<T>(setup: () => T, frame: Frame) {
  let result: T | undefined
  const Host: Component = {
    setup() {
      result = setup()
      return () => h('div')
    },
  }
  const mounted = await mountIn(Host, frame)
  return { ...mounted, result: result as T }
}
