/** The office says which meals its school serves, and changes a setting from a day on. */
import { expect, test } from '@playwright/test'
import { call, go, openOffice } from '../support/page'
import { School } from '../support/school'

test('the office changes a setting from today on and says which meals are served', async ({ browser }) => {
  const school = await School.make({ demo: true })
  await school.start()
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  await openOffice(page, school)
  await go(page, '/school')

  const line = page.locator('[data-setting="food.core_c"]')
  await expect(line).toContainText('70 ℃')
  await line.getByRole('button').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('新的值').fill('60')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog).toContainText('70')
  await dialog.getByLabel('新的值').fill('75')
  await dialog.getByLabel(/依据的文件/).fill('市监〔2026〕3 号')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(line).toContainText('75 ℃')
  await expect(line).toContainText('市监〔2026〕3 号')

  await page.locator('[data-edit=campus]').click()
  await page.getByRole('dialog').getByRole('button', { name: '添加餐次' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  type Campuses = { campuses: { meals: { type: string; since?: string }[] }[] }
  const { campuses } = await call<Campuses>(page, 'campus.list', {})
  expect(campuses[0]?.meals.at(-1)).toMatchObject({ days: 'school' })
  await page.context().close()
  await school.stop()
})
