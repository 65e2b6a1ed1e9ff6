import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { preload, tabletPages } from './preload'
import { tabletEntries } from './navigation'
import { routes } from './router'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('fetches every page, also behind one that cannot be fetched, and only when the open one stands', async () => {
  const gone = vi.fn(() => Promise.reject(new Error('gone')))
  const there = vi.fn(() => Promise.resolve({ render: () => null }))
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/a', component: gone },
      { path: '/b/:id', component: there },
    ],
  })
  const done = preload(router, ['/a', '/b/-'])
  await vi.advanceTimersByTimeAsync(300)
  expect(gone).not.toHaveBeenCalled()
  await vi.runAllTimersAsync()
  await done
  expect([gone, there].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
})

it('knows only pages that are there', () => {
  const router = createRouter({ history: createMemoryHistory(), routes })
  for (const path of [...tabletPages, ...tabletEntries.map(({ to }) => to)])
    expect(router.resolve(path).matched, path).toHaveLength(1)
})
