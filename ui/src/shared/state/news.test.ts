import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, KeepAlive, ref } from 'vue'
import { BACKEND } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { useNews } from './news'

describe('news', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** A page that asks when there is news of findings, kept behind another. */
  function kept() {
    const ask = vi.fn()
    const fake = fakeBackend({})
    const isShown = ref(true)
    const Page = defineComponent(() => {
      useNews(ask, { kinds: ['finding'], gather: 50 })
      return () => h('p')
    })
    const Other = defineComponent(() => () => h('div'))
    const wrapper = mount(
      defineComponent(() => () => h(KeepAlive, null, { default: () => h(isShown.value ? Page : Other) })),
      { global: { provide: { [BACKEND as symbol]: fake.backend } } },
    )
    const change = (...kinds: string[]) => fake.tell({ type: 'changed', kinds, ids: [] })
    return { ask, change, isShown, wrapper }
  }

  it('is gathered, and only that which matters', async () => {
    const { ask, change } = kept()
    change('inspection')
    await vi.advanceTimersByTimeAsync(100)
    expect(ask).not.toHaveBeenCalled()
    change('finding')
    change()
    await vi.advanceTimersByTimeAsync(100)
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('lets a page rest that nobody sees, which asks when it is shown again', async () => {
    const { ask, change, isShown } = kept()
    await vi.advanceTimersByTimeAsync(100)
    change('finding')
    isShown.value = false
    await vi.advanceTimersByTimeAsync(100)
    change('finding')
    await vi.advanceTimersByTimeAsync(100)
    expect(ask).not.toHaveBeenCalled()
    isShown.value = true
    await vi.advanceTimersByTimeAsync(0)
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('is not heard by a page that is gone', async () => {
    const { ask, change, wrapper } = kept()
    change('finding')
    wrapper.unmount()
    await vi.advanceTimersByTimeAsync(100)
    expect(ask).not.toHaveBeenCalled()
  })
})
