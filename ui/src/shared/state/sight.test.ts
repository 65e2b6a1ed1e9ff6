import { afterEach, describe, expect, it, vi } from 'vitest'
import { keepFocusInSight, shiftOf } from './sight'

const ROOM = { top: 100, bottom: 300 }

it('moves nothing that is in sight', () => expect(shiftOf({ top: 120, bottom: 168 }, ROOM)).toBe(0))

it('lifts a field out from under the bar below it, with a little room', () =>
  expect(shiftOf({ top: 280, bottom: 328 }, ROOM)).toBe(36))

it('brings a field down from under the bar above it', () =>
  expect(shiftOf({ top: 60, bottom: 108 }, ROOM)).toBe(-48))

it('shows the top of a field that is higher than the room', () =>
  expect(shiftOf({ top: 200, bottom: 500 }, ROOM)).toBe(92))

describe('the focus', () => {
  afterEach(() => void vi.useRealTimers())

  /** How far the page moves when something gets the focus that stands between these, on a screen of 768 px. */
  function movedFor(focused: HTMLElement, span: { top: number; bottom: number }) {
    const page = document.documentElement
    page.scrollBy = vi.fn()
    document.elementFromPoint = () => null
    document.body.append(focused)
    focused.getBoundingClientRect = () => ({ ...span, left: 0, width: 200 }) as DOMRect
    focused.focus()
    vi.advanceTimersByTime(1_000)
    return vi.mocked(page.scrollBy).mock.calls.map(([to]) => (to as ScrollToOptions).top)
  }

  it('brings its field into sight once nothing moves any more, and no button', () => {
    vi.useFakeTimers()
    keepFocusInSight(window)
    expect(movedFor(document.createElement('input'), { top: 900, bottom: 948 })).toEqual([188])
    expect(movedFor(document.createElement('button'), { top: 900, bottom: 948 })).toEqual([])
  })
})
