/** A page of rounds in the frame that the app gives it, for a guard, with an engine in memory. */
import { flushPromises } from '@vue/test-utils'
import type { Component } from 'vue'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import type { Before, DueWindow, Run } from './model/contract'
import { PATROL } from './model/port'
import { ME, RUN, fakePatrol, runOf } from './model/testing'

export const TAGS = { RP0000000001: 'c1', RP0000000002: 'c2', RP0000000003: 'c3', OLD0: 'old' }

interface Opened {
  run?: Run
  windows?: DueWindow[]
  before?: Before
  path?: string
  route?: string
  language?: 'zh' | 'en'
  office?: boolean
  props?: object
}

/** Opens it; what was begun before stands in the drafts. */
export async function openPage(page: Component, opened: Opened = {}) {
  const { run = runOf([]), windows = [], path = `/patrol/${RUN}`, route = '/patrol/:id' } = opened
  const engine = fakePatrol(run, {
    tags: TAGS,
    windows,
    ...(opened.before ? { before: opened.before } : {}),
  })
  const fake = fakeBackend({
    'door.get': {
      door: opened.office ? 'office' : 'tablet',
      version: '1',
      organisation: { id: 'o', name: '园' },
      account: opened.office
        ? { name: 'a', person: 'p', roles: [], must_begin: false, must_change_password: false }
        : null,
    },
    'person.current': { by: ME, roles: ['guard'], permissions: ['patrol'], should_set_pin: false },
    'campus.list': { campuses: [], here: null },
    'draft.get': { draft: null },
    'draft.save': {},
    'draft.discard': {},
    'sync.status': { last_success_at: Date.parse('2026-11-23T06:05:00+08:00'), badge: 'offline' },
  })
  const mounted = await mountIn(
    page,
    { backend: fake.backend, path, route, ...(opened.language ? { language: opened.language } : {}) },
    { provide: { [PATROL as symbol]: engine.port }, ...(opened.props ? { props: opened.props } : {}) },
  )
  await flushPromises()
  return { ...mounted, engine, tell: fake.tell }
}

/** Types as a scanner does: a few ms from key to key, and Enter. */
export function scan(code: string, into: Element = document.body): void {
  let at = performance.now()
  for (const key of [...code, 'Enter']) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    Object.defineProperty(event, 'timeStamp', { value: (at += 4) })
    into.dispatchEvent(event)
  }
}
