/** What a test does to a page without touching it: calls through its door, and the two ways in. */
import type { Page } from '@playwright/test'
import type { School, Tablet } from './school'

/** Runs a command through the page's own door, as its screens do. */
export async function call<T = Record<string, unknown>>(
  page: Page,
  name: string,
  args: unknown = {},
): Promise<T> {
  return page.evaluate(
    async ([name, args]) => {
      const response = await fetch(`/app/call/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Rounds': '1' },
        body: JSON.stringify(args),
      })
      const answer = await response.json()
      if (!response.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`)
      return answer
    },
    [name, args] as const,
  ) as Promise<T>
}

/** Opens a tablet's screens, with a person at work where one is named. */
export async function openTablet(
  page: Page,
  tablet: Tablet,
  who?: { id: string; pin: string },
): Promise<void> {
  await page.goto(await tablet.serve())
  await page.locator('h1').first().waitFor()
  if (!who) return
  await call(page, 'person.switch', { person: who.id, pin: who.pin })
  await page.reload()
  await page.locator('h1').first().waitFor()
}

/** Opens the office's pages, signed in with the first account. */
export async function openOffice(
  page: Page,
  school: School,
  password = school.made.account.password,
): Promise<void> {
  await page.goto(school.address)
  await page.locator('h1').first().waitFor()
  await call(page, 'door.sign_in', { name: school.made.account.name, password })
  await page.reload()
  await page.locator('h1').first().waitFor()
}

/** A window of a round, as `patrol.due` gives it. */
export interface DueWindow {
  window: string | null
  points: number
  covered: number
  from: number
}

/** Whenever a test runs: the window that began last and that the demo has not walked, or else the first such, too early. */
export function toWalk<W extends DueWindow>(windows: readonly W[], points: number): W {
  const left = windows.filter((own) => own.points >= points && own.window !== null && own.covered === 0)
  return left.findLast(({ from }) => from <= Date.now()) ?? left[0]!
}

/** Goes to another page of the same screens, and waits until a heading stands, or the items of a form, which has none. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((path) => (location.hash = path), path)
  await page.locator('h1, [data-item]').first().waitFor()
}

/** How long nothing on a page changes before it stands still, and how long it is waited for that, in ms. */
const [QUIET_MS, MOST_MS] = [150, 3_000]

/** Waits until a page stands still: what it asked for is drawn, and nothing moves any more; something on it may never rest. */
export const settled = (page: Page): Promise<void> =>
  page.evaluate(
    ([quiet, most]) =>
      new Promise<void>((resolve) => {
        setTimeout(resolve, most)
        const done = () => {
          observer.disconnect()
          const moving = document
            .getAnimations()
            .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
          void Promise.all(moving.map(({ finished }) => finished.catch(() => {}))).then(() => resolve())
        }
        let timer = setTimeout(done, quiet)
        const observer = new MutationObserver(() => {
          clearTimeout(timer)
          timer = setTimeout(done, quiet)
        })
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
      }),
    [QUIET_MS, MOST_MS] as const,
  )
