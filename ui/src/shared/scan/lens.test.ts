import { beforeEach, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { useLens, type Lens } from './lens'

/** What happens when the cable is pulled out. */
let ends: (() => void)[] = []
/** A camera in whose hand the test is, with or without a light. */
function fakeCamera(hasLight: boolean) {
  const lit: boolean[] = []
  ends = []
  const track = {
    stop() {},
    addEventListener: (_: string, heard: () => void) => void ends.push(heard),
    getCapabilities: () => (hasLight ? { torch: true } : {}),
    applyConstraints: async ({ advanced }: { advanced: { torch: boolean }[] }) =>
      void lit.push(advanced[0]?.torch ?? false),
  }
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] }
  Object.defineProperty(navigator, 'mediaDevices', {
    value: { getUserMedia: async () => stream },
    configurable: true,
  })
  return lit
}
const video = () => ({ readyState: 4, srcObject: null, play: async () => {} }) as unknown as HTMLVideoElement

function lensOf(
  seen: (string | null)[],
  bright: () => number | null = () => null,
): { lens: Lens; found: string[]; scope: EffectScope } {
  const found: string[] = []
  const scope = effectScope()
  const read = async () => seen.shift() ?? null
  const lens = scope.run(() =>
    useLens(
      (text) => found.push(text),
      async () => ({ read }),
      bright,
    ),
  )!
  return { lens, found, scope }
}

beforeEach(() => vi.useFakeTimers())

it('tells a code once while it is in sight, and again after it was out of sight', async () => {
  fakeCamera(false)
  const { lens, found, scope } = lensOf(['RT1.A', 'RT1.A', null, 'RT1.A', 'RT1.B'])
  await lens.open(video())
  await vi.advanceTimersByTimeAsync(2_000)
  expect(found).toEqual(['RT1.A', 'RT1.A', 'RT1.B'])
  expect([lens.state.value, lens.light.value]).toEqual(['live', null])
  scope.stop()
  await vi.advanceTimersByTimeAsync(10_000)
})

it('lights the way where the camera can, and no longer than it is open', async () => {
  const lit = fakeCamera(true)
  const { lens, scope } = lensOf([])
  await lens.open(video())
  expect(lens.light.value).toBe(false)
  await lens.switchLight()
  expect(lens.light.value).toBe(true)
  scope.stop()
  expect(lit).toEqual([true, false])
  await vi.advanceTimersByTimeAsync(10_000)
})

it('says so where there is no camera', async () => {
  Object.defineProperty(navigator, 'mediaDevices', {
    value: { getUserMedia: async () => Promise.reject(new DOMException('none', 'NotFoundError')) },
    configurable: true,
  })
  const { lens, scope } = lensOf([])
  await lens.open(video())
  expect(lens.state.value).toBe('none')
  scope.stop()
})

it('says so when it is torn away, and looks again when it is asked to', async () => {
  fakeCamera(false)
  const { lens, found, scope } = lensOf([null, 'RT1.A'])
  await lens.open(video())
  expect(lens.state.value).toBe('live')
  ends.forEach((heard) => heard())
  expect(lens.state.value).toBe('none')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(found).toEqual([])
  await lens.open(video())
  await vi.advanceTimersByTimeAsync(1_000)
  expect([lens.state.value, found]).toEqual(['live', ['RT1.A']])
  scope.stop()
  await vi.advanceTimersByTimeAsync(10_000)
})

it('tells of a picture that stays black, and no longer than it does', async () => {
  fakeCamera(true)
  let level = 3
  const { lens, scope } = lensOf([], () => level)
  await lens.open(video())
  await vi.advanceTimersByTimeAsync(1_000)
  expect(lens.isBlack.value).toBe(false)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(lens.isBlack.value).toBe(true)
  level = 90
  await vi.advanceTimersByTimeAsync(300)
  expect(lens.isBlack.value).toBe(false)
  scope.stop()
  await vi.advanceTimersByTimeAsync(10_000)
})
