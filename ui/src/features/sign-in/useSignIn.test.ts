import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { BACKEND, CommandError } from '@/backend'
import { SESSION, createSession } from '@/shared/state/session'
import { SYNC, createSync } from '@/shared/state/sync'
import { fakeBackend } from '@/shared/testing/backend'
import { hasEnded, safeTarget, useSignIn } from './useSignIn'

const DOOR = { door: 'office', version: '0', organisation: null, account: null } as const

function signInWith(answer: () => unknown) {
  const { backend, calls } = fakeBackend({ 'door.get': DOOR, 'door.sign_in': answer })
  let made!: ReturnType<typeof useSignIn>
  const component = defineComponent({ setup: () => ((made = useSignIn()), () => null) })
  mount(component, {
    global: {
      provide: { [BACKEND]: backend, [SESSION]: createSession(backend), [SYNC]: createSync(backend) },
    },
  })
  return { ...made, tries: () => calls.filter(({ name }) => name === 'door.sign_in').length }
}

beforeEach(() => {
  vi.useFakeTimers()
  sessionStorage.clear()
})
afterEach(() => vi.useRealTimers())

describe('signing in', () => {
  it('counts down after too many tries, and tries nothing meanwhile', async () => {
    const door = signInWith(() => {
      throw new CommandError('wait', 'too many', null, { wait_s: 30 })
    })
    expect(await door.signIn('admin', 'x', '')).toBe(false)
    expect(door.waitLeft.value).toBe(30)
    expect(await door.signIn('admin', 'x', '')).toBe(false)
    expect(door.tries()).toBe(1)
    await vi.advanceTimersByTimeAsync(29_500)
    expect(door.waitLeft.value).toBe(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(door.waitLeft.value).toBe(0)
    await door.signIn('admin', 'x', '')
    expect(door.tries()).toBe(2)
  })

  it('keeps the refusal of a wrong password, and remembers nobody', async () => {
    const door = signInWith(() => {
      throw new CommandError('wrong-password', 'no')
    })
    await door.signIn('admin', 'x', '')
    expect(door.error.value?.code).toBe('wrong-password')
    expect(hasEnded()).toBe(false)
  })

  it('offers the organisations where there are several', async () => {
    const organisations = [{ id: 'a', name: '中心幼儿园' }]
    const door = signInWith(() => {
      throw new CommandError('bad-arguments', 'which', 'organisation', { organisations })
    })
    await door.signIn('admin', 'x', '')
    expect(door.choices.value).toEqual(organisations)
  })

  it('remembers that somebody was in', async () => {
    const door = signInWith(() => DOOR)
    expect(await door.signIn(' admin ', 'right', '')).toBe(true)
    expect(hasEnded()).toBe(true)
  })
})

describe('the page after signing in', () => {
  it.each([
    ['/findings?filter=all', '/findings?filter=all'],
    ['//evil.example', '/board'],
    ['https://evil.example', '/board'],
    ['/sign-in', '/board'],
    [undefined, '/board'],
  ])('for %s is %s', (then, page) => {
    expect(safeTarget(then)).toBe(page)
  })
})
