import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CommandError } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { runIn } from '@/shared/testing/mount'
import { CALM_MS } from './calm'
import type { Run } from './contract'
import { RUN, fakePatrol, runOf, runPoint, visitOf } from './testing'
import { useRun } from './useRun'

const three = () => runOf([runPoint(1), runPoint(2), runPoint(3)])
const tags = { RT1: 'c1', RT2: 'c2', RT3: 'c3', OLD: 'old', OTHER: 'other' }

async function walking(run: Run = three()) {
  const engine = fakePatrol(run, { tags })
  const { backend } = fakeBackend({})
  const { result: walk, wrapper } = await runIn(() => useRun(engine.port, RUN), { backend })
  await flushPromises()
  /** A hand that waits until what it sees has come to rest. */
  const calm = () => vi.advanceTimersByTimeAsync(CALM_MS)
  const names = () => engine.calls.map(({ name }) => name).filter((name) => name !== 'get')
  return { engine, walk, calm, names, wrapper }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a walk', () => {
  it('begins at the next point, opens it by a scan, closes it by one tap and shows the next', async () => {
    const { walk, calm, engine, names } = await walking()
    expect([walk.point.value?.id, walk.stage.value]).toEqual(['c1', 'toward'])
    await walk.scan('RT1', 'wedge')
    expect(walk.stage.value).toBe('there')
    await calm()
    await walk.close('normal')
    expect([walk.point.value?.id, walk.stage.value]).toEqual(['c2', 'toward'])
    expect(names()).toEqual(['arrive', 'visit'])
    expect(engine.calls.find(({ name }) => name === 'visit')?.given).toEqual({
      run: RUN,
      checkpoint: 'c1',
      how: 'wedge',
      result: 'normal',
    })
  })

  it('is opened by a scan anywhere, also out of order', async () => {
    const { walk, calm } = await walking()
    await walk.scan('RT3', 'qr')
    expect([walk.point.value?.id, walk.stage.value]).toEqual(['c3', 'there'])
    await calm()
    await walk.close('normal')
    expect(walk.point.value?.id).toBe('c1')
  })

  it('ends when nothing is left', async () => {
    const { walk, calm } = await walking(runOf([runPoint(1)]))
    await walk.scan('RT1', 'qr')
    await calm()
    await walk.close('normal')
    expect([walk.point.value, walk.stage.value]).toEqual([null, 'end'])
  })

  it('shows the next point before the tap is stored', async () => {
    const { walk, calm, engine } = await walking()
    await walk.scan('RT1', 'qr')
    await calm()
    const release = engine.hold('visit')
    const closing = walk.close('normal')
    expect(walk.point.value?.id).toBe('c2')
    expect(walk.overlay.get('c1')).toBe('normal')
    release()
    await closing
    expect(walk.overlay.size).toBe(0)
  })
})

describe('taps that were not meant', () => {
  it('a point closes only after it was opened by a scan or by 到达', async () => {
    const { walk, names } = await walking()
    await walk.close('normal')
    expect(names()).toEqual([])
    expect(walk.stage.value).toBe('toward')
  })

  it('a tap within 400 ms of a change of point is dropped', async () => {
    const { walk, calm, names } = await walking()
    await walk.scan('RT1', 'qr')
    await calm()
    await walk.close('normal')
    await walk.scan('RT2', 'qr')
    await walk.close('normal')
    expect(names()).toEqual(['arrive', 'visit', 'arrive'])
    await vi.advanceTimersByTimeAsync(CALM_MS - 1)
    await walk.close('normal')
    expect(names()).toHaveLength(3)
    await vi.advanceTimersByTimeAsync(1)
    await walk.close('normal')
    expect(names()).toEqual(['arrive', 'visit', 'arrive', 'visit'])
  })

  it('到达 that bounces is no 异常 and no second arrival', async () => {
    const { walk, calm, names } = await walking()
    await calm()
    await walk.arrive()
    await walk.arrive()
    await walk.close('abnormal')
    expect(names()).toEqual(['arrive'])
  })
})

describe('each tap', () => {
  it('is on disk before the next is possible', async () => {
    const { walk, calm, engine, names } = await walking()
    await walk.scan('RT1', 'qr')
    await calm()
    const release = engine.hold('visit')
    const closing = walk.close('normal')
    await calm()
    walk.show('c2')
    await calm()
    expect(walk.isCalm.value).toBe(false)
    await walk.arrive()
    expect(names()).toEqual(['arrive', 'visit'])
    release()
    await closing
    await walk.arrive()
    expect(names()).toEqual(['arrive', 'visit', 'arrive'])
  })
})

describe('a walk that is broken off', () => {
  it('takes no tap but going on, and keeps its place', async () => {
    const { walk, calm, names } = await walking()
    await walk.scan('RT1', 'qr')
    await calm()
    await walk.pause('被叫到门口')
    expect(walk.stage.value).toBe('paused')
    await calm()
    await walk.close('normal')
    expect(names()).toEqual(['arrive', 'pause'])
    await walk.resume()
    expect([walk.point.value?.id, walk.stage.value]).toEqual(['c1', 'there'])
  })

  it('goes on by the next scan', async () => {
    const { walk } = await walking()
    await walk.pause('天气')
    await walk.scan('RT2', 'qr')
    expect([walk.point.value?.id, walk.stage.value]).toEqual(['c2', 'there'])
  })
})

describe('a tag', () => {
  it.each(['unknown', 'old', 'other'] as const)(
    'that is %s says so, and leaves the point in front',
    async (why) => {
      const { walk } = await walking()
      await walk.scan(why.toUpperCase(), 'qr')
      expect(walk.stray.value).toMatchObject({ why, tag: why.toUpperCase() })
      expect(walk.point.value?.id).toBe('c1')
      await walk.scan('RT1', 'qr')
      expect(walk.stray.value).toBeNull()
    },
  )

  it('that could not be kept says why', async () => {
    const { walk, engine } = await walking()
    engine.refuse('arrive', new CommandError('disk-full', ''))
    await walk.scan('RT1', 'qr')
    expect(walk.trouble.value?.code).toBe('disk-full')
    expect(walk.stage.value).toBe('toward')
  })
})

describe('taking back', () => {
  it('brings back the point, open as before', async () => {
    const { walk, calm, engine } = await walking()
    await walk.scan('RT1', 'qr')
    await calm()
    await walk.close('normal')
    expect(walk.closed.value?.point.id).toBe('c1')
    await walk.undo()
    expect([walk.point.value?.id, walk.stage.value]).toEqual(['c1', 'there'])
    expect(engine.run().points[0]?.visits).toEqual([])
  })

  it('waits for a tap that is still being stored', async () => {
    const { walk, calm, engine } = await walking()
    await walk.scan('RT1', 'qr')
    await calm()
    const release = engine.hold('visit')
    const closing = walk.close('normal')
    const undoing = walk.undo()
    release()
    await Promise.all([closing, undoing])
    expect(engine.run().points[0]?.visits).toEqual([])
    expect(walk.point.value?.id).toBe('c1')
  })

  it('is offered until the next point is opened', async () => {
    const { walk, calm } = await walking()
    await walk.scan('RT1', 'qr')
    await calm()
    await walk.close('normal')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(walk.closed.value).not.toBeNull()
    await walk.scan('RT2', 'qr')
    expect(walk.closed.value).toBeNull()
  })
})

describe('a tap that is not stored', () => {
  it('is told, stays on the thread, and is tried again', async () => {
    const { walk, calm, engine } = await walking()
    await walk.scan('RT1', 'qr')
    await calm()
    engine.refuse('visit', new CommandError('disk-full', ''))
    await walk.close('normal')
    expect(walk.failed.value?.given.checkpoint).toBe('c1')
    expect(walk.overlay.get('c1')).toBe('normal')
    await walk.retry()
    expect(walk.failed.value).toBeNull()
    expect(engine.run().points[0]?.visits).toHaveLength(1)
  })

  it('is tried again by itself where nothing has answered', async () => {
    const { walk, calm, engine } = await walking()
    await walk.scan('RT1', 'qr')
    await calm()
    engine.refuse('visit')
    await walk.close('normal')
    expect(walk.failed.value).not.toBeNull()
    await vi.advanceTimersByTimeAsync(3_000)
    expect(walk.failed.value).toBeNull()
    expect(engine.run().points[0]?.visits).toHaveLength(1)
  })

  it('keeps the next one back until it is stored', async () => {
    const { walk, calm, engine } = await walking()
    await walk.scan('RT1', 'qr')
    await calm()
    engine.refuse('visit', new CommandError('disk-full', ''))
    await walk.close('normal')
    await walk.scan('RT2', 'qr')
    await calm()
    await walk.close('normal')
    expect(engine.run().points.map(({ visits }) => visits.length)).toEqual([0, 0, 0])
    await walk.retry()
    await walk.close('normal')
    expect(engine.run().points.map(({ visits }) => visits.length)).toEqual([1, 1, 0])
  })

  it('is given up by a tap, and its point is open as before', async () => {
    const { walk, calm, engine } = await walking()
    await walk.scan('RT1', 'qr')
    await calm()
    engine.refuse('visit', new CommandError('disk-full', ''))
    await walk.close('abnormal')
    walk.giveUp()
    expect([walk.failed.value, walk.overlay.size]).toEqual([null, 0])
    expect([walk.point.value?.id, walk.stage.value]).toEqual(['c1', 'there'])
    await calm()
    expect(walk.isCalm.value).toBe(true)
  })
})

describe('the stay', () => {
  it('is counted from when the store says that somebody came, once', async () => {
    const arrival = { at: 5, how: 'qr' as const, ago_ms: 20_000 }
    const { walk, engine } = await walking(runOf([runPoint(1, { min_seconds: 60, arrival })]))
    const since = walk.since.value
    expect(performance.now() - (since ?? 0)).toBe(20_000)
    await vi.advanceTimersByTimeAsync(10_000)
    engine.run().points[0]!.arrival!.ago_ms = 99_000
    await walk.reload()
    expect(walk.since.value).toBe(since)
  })

  it('is not counted where nobody knows, as after the tablet was started anew', async () => {
    const arrival = { at: 5, how: 'qr' as const, ago_ms: null }
    const { walk } = await walking(runOf([runPoint(1, { min_seconds: 60, arrival })]))
    expect(walk.since.value).toBeNull()
  })
})

it('goes on where somebody stands, with what was walked', async () => {
  const arrival = { at: 5, how: 'qr' as const, ago_ms: 0 }
  const { walk } = await walking(
    runOf([runPoint(1, { visits: [visitOf()] }), runPoint(2, { arrival }), runPoint(3)]),
  )
  expect([walk.point.value?.id, walk.stage.value]).toEqual(['c2', 'there'])
  walk.show('c1')
  expect(walk.stage.value).toBe('done')
})
