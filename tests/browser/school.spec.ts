/** The office says which meals its school serves and which equipment it has, and changes settings from a day on. */
import { expect, test } from '@playwright/test'
import { call, go, openOffice } from '../support/page'
import { School } from '../support/school'

test('the office changes settings from today on, and says which equipment there is and which meals are served', async ({
  browser,
}) => {
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

  const methods = page.locator('[data-setting="disinf.method"]')
  await methods.getByRole('button').click()
  const steam = dialog.locator('[data-method="tableware 蒸汽 minutes"]')
  await steam.fill('5')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await steam.fill('15')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(methods).toContainText('蒸汽 100 ℃ 15 min')

  await page.locator('[data-add=asset]').click()
  await dialog.getByLabel('名称').fill('乳品冰箱')
  await dialog.getByRole('button', { name: '添加', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  const fridge = page.getByRole('listitem').filter({ hasText: '乳品冰箱' })
  await expect(fridge).toContainText('冷藏冷冻')
  await fridge.getByRole('button').click()
  await dialog.getByRole('button', { name: '停用' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(fridge).toContainText('起停用')

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
