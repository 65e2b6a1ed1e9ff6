/** How long a person waits, by the page's own clock: from an input to the frame that shows what it did. */
import type { CDPSession, Page } from '@playwright/test'

export interface Wait {
  /** The event that begins it. */
  from: 'click' | 'input'
  /** The selector of what changes, to look at nothing else. */
  within?: string
  /** An expression that is true once it is drawn. */
  drawn: string
  /** An expression that is true once it is stored as well. */
  stored?: string
}

/** Does `act`, and gives the ms from its event until everything is painted and stored. */
export async function timed(page: Page, act: () => Promise<void>, wait: Wait): Promise<number> {
  await page.evaluate(watch, wait)
  await act()
  return page.evaluate(() => (window as unknown as { waited: Promise<number> }).waited)
}

/** Runs in the page. */
function watch({ from, within, drawn, stored }: Wait): void {
  const truth = (source: string) => new Function(`return Boolean(${source})`) as () => boolean
  const [isDrawn, isStored] = [truth(drawn), truth(stored ?? drawn)]
  const waited = new Promise<number>((resolve) => {
    let [begun, painted, kept, isPlanned] = [0, 0, 0, false]
    addEventListener(from, (event) => (begun = event.timeStamp), { capture: true, once: true })
    const tell = () => {
      if (!painted || !kept) return
      observer.disconnect()
      resolve(Math.max(painted, kept) - begun)
    }
    // A message that is sent while a frame is made arrives when that frame is painted.
    const paint = () => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        painted = performance.now()
        tell()
      }
      port2.postMessage(null)
    }
    const observer = new MutationObserver(() => {
      if (!begun) return
      if (!isPlanned && isDrawn()) {
        isPlanned = true
        requestAnimationFrame(paint)
      }
      if (!kept && isStored()) {
        kept = performance.now()
        tell()
      }
    })
    const root = within ? document.querySelector(within) : document
    if (root) observer.observe(root, { attributes: true, childList: !within, subtree: true })
  })
  Object.assign(window, { waited })
}

/** How long a finger, or a button of a mouse, is down. */
const PRESS_MS = 60

/** Something that presses on the page. */
export type Pointer = (x: number, y: number) => Promise<void>

export const mouse =
  (page: Page): Pointer =>
  (x, y) =>
    page.mouse.click(x, y, { delay: PRESS_MS })

export const finger =
  (session: CDPSession): Pointer =>
  async (x, y) => {
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
    await new Promise((resolve) => setTimeout(resolve, PRESS_MS))
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  }
