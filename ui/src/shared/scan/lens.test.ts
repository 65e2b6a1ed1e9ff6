import { beforeEach, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { useLens, type Lens } from './lens'

/** A camera in whose hand the test is, with or without a light. */
function fakeCamera(hasLight: boolean) {
  const lit: boolean[] = []
  const track = {
    stop() {},
    addEventListener() {},
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

function lensOf(seen: (string | null)[]): { lens: Lens; found: string[]; scope: EffectScope } {
  const found: string[] = []
  const scope = effectScope()
  const read = async () => seen.shift() ?? null
  const lens = scope.run(() =>
    useLens(
      (text) => found.push(text),
      async () => ({ read }),
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
