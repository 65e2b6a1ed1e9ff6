import { expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useAwake } from './awake'

function fakeLock() {
  const held = { now: 0, asked: 0 }
  const request = async () => {
    held.asked += 1
    held.now += 1
    return { release: async () => void (held.now -= 1) }
  }
  return { held, port: { request } }
}

it('keeps the screen on while it is wanted, and no longer', async () => {
  const { held, port } = fakeLock()
  const isWanted = ref(false)
  const scope = effectScope()
  scope.run(() => useAwake(() => isWanted.value, port))
  expect(held.asked).toBe(0)
  isWanted.value = true
  await vi.waitFor(() => expect(held.now).toBe(1))
  isWanted.value = false
  await nextTick()
  expect(held.now).toBe(0)
  scope.stop()
})

it('asks again when the page is back, and holds one lock alone', async () => {
  const { held, port } = fakeLock()
  const scope = effectScope()
  scope.run(() => useAwake(() => true, port))
  await vi.waitFor(() => expect(held.now).toBe(1))
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(() => expect(held.asked).toBe(2))
  await nextTick()
  expect(held.now).toBe(1)
  scope.stop()
  expect(held.now).toBe(0)
})

it('lets go of a lock that comes when nobody wants it any more', async () => {
  const release = vi.fn(async () => {})
  let give: (lock: { release: () => Promise<void> }) => void = () => {}
  const scope = effectScope()
  scope.run(() => useAwake(() => true, { request: () => new Promise((resolve) => (give = resolve)) }))
  scope.stop()
  give({ release })
  await vi.waitFor(() => expect(release).toHaveBeenCalledOnce())
})
