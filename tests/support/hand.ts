/** A hand in front of the screen: it switches persons, draws, and reads what stands in the fields. */
import { expect, type Locator, type Page } from '@playwright/test'
import { go } from './page'

export interface Somebody {
  id: string
  name: string
  pin: string
}

/** Hands the tablet over as people do it: the chip, a tile, the PIN. */
export async function switchTo(page: Page, who: Somebody, then: string): Promise<void> {
  await go(page, `/people-here?then=${encodeURIComponent(then)}`)
  // The page before may still stand there, and offer words that begin with a name.
  await page.getByRole('heading', { name: '现在是谁在用' }).waitFor()
  await page.getByRole('button', { name: who.name }).click()
  await page.getByText('输入 PIN').or(page.locator('.pad')).first().waitFor()
  await page.keyboard.type(who.pin)
  await page.keyboard.press('Enter')
  await expect(page.locator('.chip .name').or(page.locator('.form'))).not.toHaveCount(0)
  await expect.poll(() => page.evaluate(() => location.hash)).not.toContain('people-here')
}

/** Draws a line on the field of a signature. */
export async function sign(page: Page, length = 90): Promise<void> {
  const field = page.locator('canvas').first()
  await field.scrollIntoViewIfNeeded()
  const box = (await field.boundingBox())!
  await page.mouse.move(box.x + 30, box.y + 40)
  await page.mouse.down()
  if (length > 0) await page.mouse.move(box.x + 30 + length, box.y + 70, { steps: 8 })
  await page.mouse.up()
}

/** Whether there is any ink on the field of a signature. */
export const isDrawn = (page: Page): Promise<boolean> =>
  page
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      return data.some((value, at) => at % 4 === 3 && value > 0)
    })

/** Everything that can be read on the page: its text, and what stands in its fields. */
export const everything = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const fields = Array.from(
      document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea'),
    )
    return [document.body.innerText, ...fields.map(({ value }) => value)].join('\n')
  })

/** The field with this label. */
export const field = (page: Page, label: string | RegExp): Locator => page.getByLabel(label).first()
