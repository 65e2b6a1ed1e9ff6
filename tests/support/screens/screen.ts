/** A screen, and the usual ways to one. */
import type { Page } from '@playwright/test'
import { call, go } from '../page'

export interface Screen {
  name: string
  /** Shows the screen on a page that is at the right door. */
  show: (page: Page) => Promise<void>
}

export const at = (name: string, path: string): Screen => ({ name, show: (page) => go(page, path) })

/** A screen of one record, found at the time. */
export function ofFirst(
  name: string,
  command: string,
  args: unknown,
  list: string,
  path: (id: string) => string,
): Screen {
  return {
    name,
    async show(page) {
      const answer = await call<Record<string, { id: string }[]>>(page, command, args)
      await go(page, path(answer[list]?.[0]?.id ?? ''))
    },
  }
}

/** What lies above a screen once something on it was pressed. */
export const above = (name: string, screen: Screen, selector: string): Screen => ({
  name,
  async show(page) {
    const sheet = page.getByRole('dialog')
    // What lies above the same page from before is in the way.
    if (await sheet.count()) await page.keyboard.press('Escape')
    await screen.show(page)
    await page.locator(selector).first().click()
    await sheet.first().waitFor()
  },
})
