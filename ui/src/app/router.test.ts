import { computed, shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import type { Session } from '@/shared/state/session'
import { gate } from './router'

interface At {
  door?: 'tablet' | 'office' | null
  enrolled?: boolean
  somebody?: boolean
  account?: boolean
  mustBegin?: boolean
  mustChange?: boolean
}

function session({
  door = 'tablet',
  enrolled = true,
  somebody = true,
  account = true,
  mustBegin = false,
  mustChange = false,
}: At): Session {
  const answer = door && {
    door,
    version: '1',
    organisation: enrolled ? { id: 'o', name: '园' } : null,
    account:
      account && door === 'office' ? { must_begin: mustBegin, must_change_password: mustChange } : null,
  }
  return {
    door: shallowRef(answer),
    isOffice: computed(() => door === 'office'),
    isSomebody: computed(() => somebody),
  } as unknown as Session
}
const to = (path: string, open = false) => ({ path, fullPath: `${path}?x=1`, meta: { open } })

describe('the gate', () => {
  it.each<[string, At, ReturnType<typeof to>, unknown]>([
    ['leads a new tablet to its enrolment', { enrolled: false }, to('/', true), '/enrol'],
    [
      'asks who works before anything else',
      { somebody: false },
      to('/', true),
      { path: '/people-here', query: {} },
    ],
    [
      'leads back to where the colleague was, with all of the address',
      { somebody: false },
      to('/findings'),
      { path: '/people-here', query: { then: '/findings?x=1' } },
    ],
    ['opens the day to who works', {}, to('/', true), '/today'],
    ['lets everybody see the queue', { somebody: false }, to('/queue', true), true],
    ['lets who works go on', {}, to('/findings'), true],
    ['says so when the program does not answer', { door: null }, to('/today'), '/no-answer'],
    [
      'asks the office to sign in',
      { door: 'office', account: false },
      to('/board'),
      { path: '/sign-in', query: { then: '/board?x=1' } },
    ],
    [
      'tells a browser what a tablet’s link is for',
      { door: 'office', account: false },
      to('/enrol', true),
      true,
    ],
    ['lets the office begin first', { door: 'office', mustBegin: true }, to('/board'), '/begin'],
    [
      'asks for a password of one’s own where somebody else has set it',
      { door: 'office', mustChange: true },
      to('/board'),
      { path: '/own-password', query: { then: '/board?x=1' } },
    ],
    ['shows the page for it', { door: 'office', mustChange: true }, to('/own-password'), true],
    ['asks nobody who has one', { door: 'office' }, to('/own-password'), '/board'],
    ['has no day of a tablet in the office', { door: 'office' }, to('/today'), '/board'],
  ])('%s', (_, at, target, expected) => expect(gate(session(at), target)).toEqual(expected))
})
