/** The office erases somebody who has left: what goes is said before, what must stay stays. */
import { expect, test } from '@playwright/test'
import { call, go, openOffice } from '../support/page'
import { School } from '../support/school'

const PASSWORD = 'a crate of ripe pears'
const COOK = { id: '0197d000-0000-7000-8000-0002000000ee', name: '孙梅', pin: '4711' }

test('somebody who has left is erased in the office, and what must be kept says until when', async ({
  browser,
}) => {
  const school = await School.make()
  await school.start()
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  await openOffice(page, school)
  await call(page, 'door.begin', {
    campus_name: '中心幼儿园',
    campus_kind: 'kindergarten',
    person_name: '王秀兰',
    password: PASSWORD,
  })
  await page.reload()
  await page.locator('h1').first().waitFor()
  await call(page, 'person.add', { ...COOK, phone: '13800001234', roles: ['cook'] })
  await call(page, 'entry.save', {
    kind: 'health_certificate',
    set: {
      person: COOK.id,
      no: 'HZ-1',
      issued_on: '2026-08-01',
      valid_to: '2027-07-31',
      issuer: '疾控中心',
    },
    late_reason: '补',
  })

  await go(page, '/people')
  await page.getByRole('button', { name: new RegExp(COOK.name) }).click()
  const panel = page.getByRole('dialog')
  await panel.getByRole('button', { name: '离岗' }).click()
  await expect(panel).toContainText('已离岗')
  await panel.getByRole('link', { name: '查看' }).click()

  await expect(page.getByRole('heading', { name: `${COOK.name}的全部记录` })).toBeVisible()
  await expect(page.locator('main')).toContainText('健康证明')
  await page.getByRole('button', { name: '删除个人信息' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('联系方式')
  await expect(dialog).toContainText('留到 2029-08-01')
  await dialog.getByRole('button', { name: '删除，不能恢复' }).click()
  await expect(dialog.getByRole('alert')).toContainText('请选一个原因')
  await dialog.getByText('本人申请').click()
  await dialog.getByRole('button', { name: '删除，不能恢复' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.locator('main')).toContainText('已删除。')
  await expect(page.locator('main')).toContainText('下面是依法要留的')

  const kept = await call<{ name: string; phone: null; has_pin: boolean }>(page, 'person.get', {
    id: COOK.id,
  })
  expect(kept).toMatchObject({ name: COOK.name, phone: null, has_pin: false })
  await page.context().close()
  await school.stop()
})
