/** A scanner that types: it knows no field and no button, only the page that has the keyboard. */
import type { Page } from '@playwright/test'

/** Types a code into whatever has the focus, faster than any hand, and Enter. */
export const scan = (page: Page, code: string): Promise<void> =>
  page.evaluate((code) => {
    const into = document.activeElement ?? document.body
    for (const key of [...code, 'Enter'])
      into.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  }, code)
