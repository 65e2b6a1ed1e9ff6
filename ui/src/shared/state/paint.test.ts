import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useHeld } from './paint'

describe('what is costly to draw', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function held() {
    const source = ref('before')
    const isBusy = ref(false)
    const scope = effectScope()
    const made = scope.run(() =>
      useHeld(
        () => source.value,
        () => isBusy.value,
      ),
    )!
    return { source, isBusy, scope, ...made }
  }
  /** Two frames: one for what was tapped, one for that it is stored. */
  const frames = () => vi.advanceTimersByTimeAsync(60)

  it('follows its source at once when nothing was tapped', async () => {
    const { source, value } = held()
    source.value = 'after'
    await nextTick()
    expect(value.value).toBe('after')
  })

  it('waits until the tap is drawn', async () => {
    const { source, value, hold } = held()
    hold()
    source.value = 'after'
    await nextTick()
    expect(value.value).toBe('before')
    await frames()
    expect(value.value).toBe('after')
  })

  it('waits until the tap is stored, and no longer than a slow save may hide it', async () => {
    const { source, value, hold, isBusy } = held()
    hold()
    isBusy.value = true
    source.value = 'after'
    await frames()
    expect(value.value).toBe('before')
    isBusy.value = false
    await frames()
    expect(value.value).toBe('after')

    hold()
    isBusy.value = true
    source.value = 'later'
    await vi.advanceTimersByTimeAsync(199)
    expect(value.value).toBe('after')
    await vi.advanceTimersByTimeAsync(1)
    expect(value.value).toBe('later')
  })

  it('lets go of one tap for the next, and does what belongs to the last one alone', async () => {
    const { source, value, hold } = held()
    const first = vi.fn()
    const second = vi.fn()
    hold(first)
    source.value = 'after'
    await vi.advanceTimersByTimeAsync(16)
    hold(second)
    await vi.advanceTimersByTimeAsync(10)
    expect(value.value).toBe('before')
    await frames()
    expect(value.value).toBe('after')
    expect(first).not.toHaveBeenCalled()
    expect(second).toHaveBeenCalledTimes(1)
  })

  it('draws nothing of a row that is gone', async () => {
    const { source, value, hold, scope } = held()
    hold()
    source.value = 'after'
    scope.stop()
    await frames()
    expect(value.value).toBe('before')
  })
})
