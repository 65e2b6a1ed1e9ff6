import { afterEach, expect, it, vi } from 'vitest'
import { cue, useCues } from './cues'

afterEach(() => (useCues().value = true))

it('a read is felt, unless it was switched off, and a device without sound takes no harm', () => {
  const vibrate = vi.fn()
  Object.defineProperty(navigator, 'vibrate', { value: vibrate, configurable: true })
  cue('read')
  cue('strange')
  expect(vibrate.mock.calls).toEqual([[[40]], [[90, 60, 90]]])
  useCues().value = false
  cue('read')
  expect(vibrate).toHaveBeenCalledTimes(2)
})
