/**
 * What lies above a page: one stack, from which Back takes the top one and a change of pages all.
 *
 * Each that opens has an entry in the browser's history, so that Back leads out of it and not out of the page. The
 * entries follow the stack a moment later: one sheet that gives way to another needs no way back and forth.
 */
import { onScopeDispose, watch, type Ref } from 'vue'
import { useIsShown } from './shown'

/** How long the browser may take for a step back before nobody waits for it any more, in ms. */
const STEP_MS = 500

interface Overlay {
  close: () => void
}

/** The bottom one first. */
const stack: Overlay[] = []
/** Called whenever the stack has changed; the history follows it, where there is one. */
let follow: () => Promise<void> = async () => {}

function put(close: () => void): Overlay {
  const overlay = { close }
  stack.push(overlay)
  void follow()
  return overlay
}

function take(overlay: Overlay): void {
  const at = stack.indexOf(overlay)
  // Whatever was opened from it goes with it.
  if (at >= 0) closeDownTo(at)
  void follow()
}

function closeDownTo(depth: number): void {
  stack
    .splice(depth)
    .reverse()
    .forEach(({ close }) => close())
}

/** Closes all that lie above the page; settles when the way back is that of the page again. */
export async function closeOverlays(): Promise<void> {
  closeDownTo(0)
  await follow()
}

/** Says that another page stands there now: what opens from here on lies above that one. */
export const pageShown = (): void => void follow()

/** How many lie above the page. */
export const overlayCount = (): number => stack.length

/** Puts something that opens above the page on the stack while it is open; above another page than its own it does not open. */
export function useOverlay(isOpen: Readonly<Ref<boolean>>, close: () => void): void {
  const isShown = useIsShown()
  let own: Overlay | null = null
  watch(
    isOpen,
    (open) => {
      // Its code came when its page had been left.
      if (open && !isShown.value) return close()
      if (open === (own !== null)) return
      const was = own
      own = open ? put(close) : null
      if (was) take(was)
    },
    { immediate: true },
  )
  onScopeDispose(() => own && take(own))
}

/** What an entry of the history says about its page: where it stands, and how many lay above it. */
interface Mark {
  position?: number
  overlays?: number
}

/**
 * Ties the stack to the history of `view`. It has to hear of a step before the router does, which would take a step out
 * of an overlay for one to another page.
 */
export function tieToHistory(view: Window): () => void {
  const { history } = view
  const mark = () => (history.state ?? {}) as Mark
  const depth = () => mark().overlays ?? 0
  /** Settles when the step that we asked for has been taken. */
  let step: Promise<void> | null = null
  let taken: (() => void) | null = null
  /** Where the page stands above which the stack lies. */
  let position = mark().position

  function back(count: number) {
    step = new Promise((resolve) => {
      const timer = view.setTimeout(done, STEP_MS)
      function done() {
        view.clearTimeout(timer)
        step = taken = null
        resolve()
      }
      taken = done
    })
    history.go(-count)
    return step
  }

  let pending: Promise<void> | null = null
  async function settle() {
    // What closes and opens in one go has one entry.
    await Promise.resolve()
    while (step) await step
    pending = null
    position = mark().position
    const [is, wanted] = [depth(), stack.length]
    for (let at = is + 1; at <= wanted; at += 1) history.pushState({ ...history.state, overlays: at }, '')
    if (is > wanted) await back(is - wanted)
  }
  follow = () => (pending ??= settle())

  function onStep(event: PopStateEvent) {
    const to = (event.state ?? {}) as Mark
    if (taken) {
      event.stopImmediatePropagation()
      return taken()
    }
    // Where nothing of ours is involved, it is a step from page to page.
    const isOurs = stack.length > 0 || (to.overlays ?? 0) > 0
    const isSamePage = isOurs && event.state !== null && to.position === position
    if (isSamePage) event.stopImmediatePropagation()
    closeDownTo(isSamePage ? (to.overlays ?? 0) : 0)
    // Forward into one that is gone, or back into one that a reload has closed: on to its page.
    void follow()
  }
  view.addEventListener('popstate', onStep, { capture: true })
  void follow()
  return () => {
    view.removeEventListener('popstate', onStep, { capture: true })
    follow = async () => {}
  }
}
