/**
 * Takes a picture of every screen, in every size, theme and language, into the folder that ROUNDS_SCREENS names; with
 * ROUNDS_SCREENS_ONLY, of the screens alone whose names match that expression.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@playwright/test'
import { settled } from '../support/page'
import { places } from '../support/screens'
import { School } from '../support/school'

const SIZES = { wide: [1280, 800], tall: [800, 1280], phone: [390, 844] } as const
const folder = process.env['ROUNDS_SCREENS'] ?? '../target/screens'
const only = new RegExp(process.env['ROUNDS_SCREENS_ONLY'] ?? '')

test('every screen has its picture', async ({ browser }) => {
  const [school, bare] = [await School.make({ demo: true }), await School.make()]
  await Promise.all([school.start(), bare.start()])
  const tablet = await school.tablet('平板 1')
  const unenrolled = await school.tablet('平板 2', { enrol: false })
  for (const place of places(school, tablet, unenrolled, bare)) {
    const screens = place.screens.filter(({ name }) => only.test(name))
    if (screens.length === 0) continue
    for (const [size, [width, height]] of Object.entries(SIZES)) {
      for (const theme of ['light', 'dark'] as const) {
        for (const language of ['zh', 'en'] as const) {
          // The link of a tablet works once, so each opening has a door of its own.
          await Promise.all([tablet.close(), unenrolled.close()])
          const page = await place.open(browser, { viewport: { width, height }, colorScheme: theme })
          await page.evaluate((language) => localStorage.setItem('rounds-language', language), language)
          await page.reload()
          for (const screen of screens) {
            await screen.show(page)
            await settled(page)
            const to = join(folder, place.name, screen.name)
            mkdirSync(to, { recursive: true })
            await page.screenshot({ path: join(to, `${size}-${theme}-${language}.png`) })
          }
          await page.context().close()
        }
      }
    }
  }
  await Promise.all([tablet.close(), unenrolled.close(), school.stop(), bare.stop()])
})
