import { flushPromises } from '@vue/test-utils'
import { effectScope, nextTick, ref } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DoorKind } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { runIn } from '@/shared/testing/mount'
import { lockWhatWasLeft, useIdleLock, useIdleMinutes, useIdlePatience, watchCalls } from './idle'
import { useSession } from './session'

const worker = (by: object | null) => ({ by, roles: [], permissions: [], should_set_pin: false })

async function lock(part: { by?: object | null; door?: DoorKind } = {}) {
  const clock = { now: 0, isBusy: false }
  const { backend, calls } = fakeBackend({
    'door.get': {
      door: part.door ?? 'tablet',
      version: '1',
      organisation: { id: 'o', name: '园' },
      account:
        part.door === 'office'
          ? { name: 'a', person: 'p', roles: [], must_begin: false, must_change_password: false }
          : null,
    },
    'person.current': worker(part.by === undefined ? { id: 'p', name: '李敏' } : part.by),
    'campus.list': { campuses: [], here: null },
    'person.switch': worker(null),
  })
  const { result, session } = await runIn(
    () => useIdleLock({ backend, session: useSession(), isBusy: () => clock.isBusy, now: () => clock.now }),
    { backend },
  )
  return {
    clock,
    session,
    look: result.look,
    startAnew: () => lockWhatWasLeft({ backend, session, now: () => clock.now }),
    switched: () => calls.filter(({ name }) => name === 'person.switch'),
  }
}

beforeEach(() => (useIdleMinutes().value = 5))

describe('the idle lock', () => {
  it('switches to nobody when nobody has touched the tablet for five minutes', async () => {
    const { clock, session, look, switched } = await lock()
    clock.now = 5 * 60_000 - 1
    await look()
    expect(switched()).toHaveLength(0)
    clock.now += 1
    await look()
    expect(switched()[0]?.args).toEqual({ person: null })
    expect(session.isSomebody.value).toBe(false)
  })

  it('starts over with every touch', async () => {
    const { clock, look, switched } = await lock()
    clock.now = 4 * 60_000
    window.dispatchEvent(new Event('pointerdown'))
    clock.now = 8 * 60_000
    await look()
    expect(switched()).toHaveLength(0)
  })

  it('never cuts off a save', async () => {
    const { clock, look, switched } = await lock()
    clock.now = 60 * 60_000
    clock.isBusy = true
    await look()
    expect(switched()).toHaveLength(0)
  })

  it('holds what was chosen between 2 and 30 minutes', async () => {
    const { clock, look, switched } = await lock()
    useIdleMinutes().value = 0
    clock.now = 90_000
    await look()
    expect(switched()).toHaveLength(0)
    useIdleMinutes().value = 600
    clock.now = 31 * 60_000
    await look()
    expect(switched()).toHaveLength(1)
  })

  it('does not fall while a round is open and was touched in the last 20 minutes', async () => {
    const { clock, look, switched } = await lock()
    const isOpen = ref(true)
    const page = effectScope()
    page.run(() => useIdlePatience(() => isOpen.value, 20))
    clock.now = 20 * 60_000 - 1
    await look()
    expect(switched()).toHaveLength(0)
    clock.now += 1
    await look()
    expect(switched()).toHaveLength(1)
    page.stop()
  })

  it('falls as always once the round is over, or its page is gone', async () => {
    const over = await lock()
    const isOpen = ref(true)
    const page = effectScope()
    page.run(() => useIdlePatience(() => isOpen.value, 20))
    isOpen.value = false
    await nextTick()
    over.clock.now = 5 * 60_000
    await over.look()
    expect(over.switched()).toHaveLength(1)
    isOpen.value = true
    await nextTick()
    page.stop()
    const left = await lock()
    left.clock.now = 5 * 60_000
    await left.look()
    expect(left.switched()).toHaveLength(1)
  })

  it('asks who is there when the program starts again after it would have locked, and not before', async () => {
    const { clock, look, session, startAnew, switched } = await lock()
    clock.now = 60_000
    window.dispatchEvent(new Event('pointerdown'))
    await look()
    clock.now = 6 * 60_000 - 1
    await startAnew()
    expect(switched()).toHaveLength(0)
    clock.now += 1
    await startAnew()
    expect(switched()).toHaveLength(1)
    expect(session.isSomebody.value).toBe(false)
  })

  it('waits for a walker as long after the program has died on a round', async () => {
    const { clock, look, startAnew, switched } = await lock()
    const page = effectScope()
    page.run(() => useIdlePatience(() => true, 20))
    await look()
    page.stop()
    clock.now = 20 * 60_000 - 1
    await startAnew()
    expect(switched()).toHaveLength(0)
    clock.now += 1
    await startAnew()
    expect(switched()).toHaveLength(1)
  })

  it('asks who is there when the program starts again under a clock that was put back', async () => {
    const { clock, look, startAnew, switched } = await lock()
    clock.now = 24 * 60 * 60_000
    window.dispatchEvent(new Event('pointerdown'))
    await look()
    clock.now -= 25 * 60_000
    await startAnew()
    expect(switched()).toHaveLength(0)
    clock.now -= 1
    await startAnew()
    expect(switched()).toHaveLength(1)
  })

  it('counts from where the clock stands after it was put back', async () => {
    const { clock, look, switched } = await lock()
    clock.now = 60 * 60_000
    window.dispatchEvent(new Event('pointerdown'))
    clock.now = 10 * 60_000
    await look()
    clock.now = 15 * 60_000
    await look()
    expect(switched()).toHaveLength(1)
  })

  it('leaves the office and an empty screen alone', async () => {
    const office = await lock({ door: 'office' })
    office.clock.now = 60 * 60_000
    await office.look()
    expect(office.switched()).toHaveLength(0)
    const empty = await lock({ by: null })
    empty.clock.now = 60 * 60_000
    await empty.look()
    expect(empty.switched()).toHaveLength(0)
  })
})

describe('the count of commands on their way', () => {
  it('knows of each one until it ends, well or not', async () => {
    let end = (_: unknown) => {}
    const { backend } = fakeBackend({ 'sync.now': () => new Promise((resolve) => (end = resolve)) })
    const watched = watchCalls(backend)
    expect(watched.isBusy()).toBe(false)
    const call = watched.backend.call('sync.now', {})
    expect(watched.isBusy()).toBe(true)
    end({})
    await call
    expect(watched.isBusy()).toBe(false)
    await watched.backend.call('app.about', {}).catch(() => {})
    await flushPromises()
    expect(watched.isBusy()).toBe(false)
  })
})
