/** How often a tired cook has to touch the screen. */
import { expect, test } from '@playwright/test'
import { Form } from '../support/form'
import { call, openTablet } from '../support/page'
import { PEOPLE, School } from '../support/school'

const MOST_TAPS = 20

test('a kitchen check of 15 items with one failure, its note and its photo takes at most 20 taps', async ({
  browser,
}) => {
  const school = await School.make({ demo: true })
  await school.start()
  const tablet = await school.tablet('平板 1')
  await school.stop()
  const page = await (await browser.newContext({ hasTouch: true, permissions: ['camera'] })).newPage()
  await openTablet(page, tablet, PEOPLE.fso)
  const form = await Form.start(page)
  await page.evaluate(() => {
    const counted = window as unknown as { taps: number }
    counted.taps = 0
    addEventListener('pointerdown', () => (counted.taps += 1), { capture: true })
  })

  for (const number of ['01', '02']) await form.verdict(number, '合格')
  await form.item('03').getByRole('radio', { name: /满分/ }).click()
  await form.verdict('04', '合格')
  await form.verdict('05', '合格')
  await form.shoot('05')
  await form.verdict('06', '不合格')
  await page.keyboard.type('成品与半成品混放在 2 号冷藏柜第二层')
  await form.shoot('06')
  // The first number is tapped; Enter leads to the next one, wherever it is.
  await form.item('07').locator('input[data-main]').first().click()
  await form.measure(['74.2', '75', '30', '4', '5', '-19'])
  await form.verdict('09', '合格')
  await form.verdict('10', '合格')
  await form.shoot('10')
  await form.verdict('11', '合格')
  await form.verdict('14', '合格')
  await form.verdict('15', '合格')
  await form.shoot('15')
  await form.saved()
  await page.getByRole('link', { name: '提交' }).click()
  const field = page.locator('canvas').first()
  const box = (await field.boundingBox())!
  await page.mouse.move(box.x + 30, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + 120, box.y + 70, { steps: 8 })
  await page.mouse.up()
  await page.getByRole('button', { name: '提交' }).click()
  await expect
    .poll(async () => (await call<{ stage: string }>(page, 'inspection.get', { id: form.id })).stage)
    .toBe('submitted')

  const taps = await page.evaluate(() => (window as unknown as { taps: number }).taps)
  console.log(`${taps} taps from the open form to the submitted one`)
  expect(taps).toBeGreaterThan(10)
  expect(taps).toBeLessThanOrEqual(MOST_TAPS)
  const done = await call<{ missing: unknown[]; findings: { item: string; description: string }[] }>(
    page,
    'inspection.get',
    { id: form.id },
  )
  expect(done.missing).toEqual([])
  expect(done.findings.map(({ item }) => item)).toEqual(['T01.06'])
  await page.context().close()
  await tablet.close()
})
