/**
 * Keeps the field that has the focus in sight: between the bars that lie over the page, and above the keyboard of the
 * screen. What the bars are is found by looking, so that no page has to name its own.
 */

interface Span {
  top: number
  bottom: number
}

/** What is left free above and below a field, in px. */
const GAP = 8
/** How far apart it is looked for bars, in px; none is thinner. */
const STEP = 24
/** How long nothing may move before it is looked, in ms. */
const CALM_MS = 100
/** What covers this share of the height is no bar, but the ground under a dialog. */
const WHOLE = 0.9

const FIELDS = 'input:not([type=file]), textarea, select, [contenteditable=true]'

/** How far to scroll so that `field` lies within `room`; its top goes first where it is too high for that. */
export function shiftOf(field: Span, room: Span): number {
  const up = field.bottom + GAP - room.bottom
  const down = field.top - GAP - room.top
  if (down < 0) return down
  return up > 0 ? Math.min(up, down) : 0
}

/** The nearest part of the page that stands still while the page moves. */
function barOf(element: Element): Element | null {
  for (let at: Element | null = element; at; at = at.parentElement) {
    if (at.matches('[data-reka-popper-content-wrapper]')) return null
    if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return at
  }
  return null
}

/** The part of the screen that nothing lies over, in the column of a field. */
function roomOf(field: Element): Span {
  const view = window.visualViewport
  const top = view?.offsetTop ?? 0
  const height = view?.height ?? window.innerHeight
  const room = { top, bottom: top + height }
  const { left, width } = field.getBoundingClientRect()
  for (let y = top + 1; y < top + height; y += STEP) {
    const met = document.elementFromPoint(left + width / 2, y)
    const bar = met && !field.contains(met) ? barOf(met) : null
    if (!bar || bar.contains(field)) continue
    const box = bar.getBoundingClientRect()
    if (box.height > height * WHOLE) continue
    if (box.top + box.bottom < 2 * top + height) room.top = Math.max(room.top, box.bottom)
    else room.bottom = Math.min(room.bottom, box.top)
  }
  return room
}

/** Scrolls what the field stands in, from the inside out, until the way is gone. */
function scrollAround(field: Element, way: number): void {
  for (let at = field.parentElement, left = way; at && left !== 0; at = at.parentElement) {
    const isPage = at === document.documentElement
    if (!isPage && !/auto|scroll/.test(getComputedStyle(at).overflowY)) continue
    const before = at.scrollTop
    at.scrollBy({ top: left, behavior: 'auto' })
    left -= at.scrollTop - before
  }
}

/** Follows the focus, and the keyboard of the screen as it comes and goes. */
export function keepFocusInSight(view: Window): void {
  let timer: number | undefined
  function look() {
    timer = undefined
    const field = document.activeElement
    if (!field?.matches(FIELDS)) return
    scrollAround(field, shiftOf(field.getBoundingClientRect(), roomOf(field)))
  }
  function plan() {
    view.clearTimeout(timer)
    timer = view.setTimeout(look, CALM_MS)
  }
  view.addEventListener('focusin', plan)
  view.addEventListener('resize', plan)
  view.visualViewport?.addEventListener('resize', plan)
  // A page that is still moving is looked at when it stands.
  view.addEventListener('scroll', () => timer !== undefined && plan(), { capture: true, passive: true })
}
