/** Today of a cook at phone size: the kitchen's own work first, in one line each, and what carers look after behind it. */
import { expect, test } from '@playwright/test'
import { call, go, openTablet } from '../support/page'
import { PEOPLE, School } from '../support/school'

interface Today {
  counts: { rows_mine: number; missing_mine: number }
  uncounted: unknown[]
  missing_groups: { mine: boolean; count: number; what: { zh: string } }[]
}

test('a cook sees the own work first and counted, and the classes of carers in one line', async ({
  browser,
}) => {
  const school = await School.make({ demo: true })
  await school.start()
  const tablet = await school.tablet('平板 1')
  await school.stop()
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true })
  const page = await context.newPage()
  await openTablet(page, tablet, PEOPLE.cook)
  await go(page, '/today')

  const { counts, uncounted, missing_groups } = await call<Today>(page, 'today.get')
  const own = counts.rows_mine + counts.missing_mine + uncounted.length
  const towels = missing_groups.find(({ mine, what }) => !mine && what.zh.includes('毛巾'))
  const bar = page.locator('main button.bar')
  // On a day without school nobody expects anything of the classes.
  if (!towels) return expect(bar.filter({ hasText: '毛巾' })).toHaveCount(0)
  expect(own).toBeGreaterThan(0)
  expect(towels.count).toBeGreaterThan(1)
  await expect(bar).toContainText(`登记 ${own} 条`)
  await bar.click()
  const sheet = page.getByRole('dialog')
  await expect(sheet.locator('[data-todo=others]')).toContainText(`毛巾 · ${towels.count} 个班未记`)
  await expect(sheet.locator('[data-todo=missing]')).not.toContainText('毛巾')
  const parts = await sheet
    .locator('[data-todo]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-todo')))
  expect(parts.at(-1)).toBe('others')

  await sheet.locator('[data-todo=others] a', { hasText: '毛巾' }).click()
  await expect(page).toHaveURL(/registers\/disinfection_log$/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await context.close()
  await tablet.close()
})
