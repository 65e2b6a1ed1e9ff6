/**
 * A night at the duty desk, on one tablet without a network: the shift, an event, a temperature, and the handover.
 *
 * The books of the demo stand beside it: somebody is on duty by day, and nights have been handed over before.
 */
import { expect, test, type Page } from '@playwright/test'
import { isDrawn, sign, switchTo } from '../support/hand'
import { call, go, openOffice, openTablet } from '../support/page'
import { print } from '../support/paper'
import { PEOPLE, School, type Tablet } from '../support/school'

const NEXT = { name: '马建军', pin: '4821', id: '0197d000-0000-7000-8000-00020000f001' }

interface Row {
  id: string
  stage: string
  fields: Record<string, unknown>
}
const rowsOf = async (page: Page, kind: string) =>
  (await call<{ rows: Row[] }>(page, 'entry.list', { kind })).rows

/** Chooses a record by a part of its name. */
async function pick(page: Page, label: RegExp, typed: string, name = typed): Promise<void> {
  const input = page.getByRole('combobox', { name: label })
  await input.click()
  await input.fill(typed)
  await page.getByRole('option', { name }).first().click()
}
const chip = (page: Page, field: string, word: string) =>
  page.locator(`[data-field="${field}"]`).getByRole('radio', { name: word, exact: true }).click()
const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true }).click()

test.describe.configure({ mode: 'serial' })

test.describe('a night at the duty desk', () => {
  let school: School
  let tablet: Tablet
  let page: Page

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    const office = await (await browser.newContext()).newPage()
    await openOffice(office, school)
    const { campuses } = await call<{ campuses: { id: string }[] }>(office, 'campus.list')
    const start = '0000'
    await call(office, 'person.add', {
      id: NEXT.id,
      name: NEXT.name,
      campus: campuses[0]?.id,
      roles: ['guard', 'duty'],
      pin: start,
    })
    await office.context().close()
    tablet = await school.tablet('平板 1')
    await school.stop()
    await tablet.call('pin.set', { person: NEXT.id, old: start, pin: NEXT.pin }, NEXT.id)
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true })
    page = await context.newPage()
    await openTablet(page, tablet, PEOPLE.guard)
  })
  test.afterAll(async () => {
    await page?.context().close()
    await tablet?.close()
  })

  test('begins with the shift: entered in a few taps, and begun in one', async () => {
    await go(page, '/today')
    await go(page, '/registers')
    await page.getByRole('link', { name: '登记：值班' }).click()
    await pick(page, /岗位/, '门卫')
    await chip(page, 'shift', '夜班')
    await save(page)
    await expect(page.getByText('已保存')).toBeVisible()
    await page.getByRole('button', { name: '到岗' }).click()
    await expect(page.getByText('已记：到岗')).toBeVisible()
    await expect(page.getByText('在岗', { exact: true })).toBeVisible()
    await go(page, '/registers')
    await expect(page.locator('.tile').filter({ hasText: '值班' }).getByText('在岗 2')).toBeVisible()
  })

  test('goes on with an event, which outlives a reload before it is saved', async () => {
    await page.getByRole('link', { name: '值班 在岗 2' }).click()
    await page.getByRole('link', { name: /夜班/ }).filter({ hasText: '在岗' }).click()
    await page.getByRole('button', { name: '修改' }).click()
    const kept = page.waitForResponse('**/app/call/draft.save')
    await page.getByLabel('当班情况').fill('22:40 东门路灯不亮，已报修')
    await kept
    await page.reload()
    // An address that is given before the screens have begun is theirs to overwrite.
    await page.locator('h1').first().waitFor()
    await go(page, '/registers')
    await page.locator('.begun').getByRole('link', { name: /登记/ }).click()
    await expect(page.getByLabel('当班情况')).toHaveValue('22:40 东门路灯不亮，已报修')
    await save(page)
    await expect(page.locator('[data-shown="events"]')).toContainText('东门路灯不亮')
  })

  test('takes no temperature that nothing can have, and says what a bad one means', async () => {
    await switchTo(page, PEOPLE.cook, '/registers/temperature_reading/new')
    const before = await rowsOf(page, 'temperature_reading')
    await chip(page, 'what', '中心温度')
    await pick(page, /地点/, '厨房')
    await page.locator('[data-field="dish"] input').fill('荠菜豆腐羹')
    const degrees = page.getByLabel('温度 *')
    await degrees.fill('740')
    await expect(page.getByText('高于上限 300 ℃')).toBeVisible()
    await save(page)
    await expect(page.locator('[data-field="c"]')).toContainText('不大于 300')
    await expect(degrees).toBeFocused()
    expect(await rowsOf(page, 'temperature_reading')).toEqual(before)
    await degrees.fill('64')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('已保存')).toBeVisible()
    await expect(page.getByText('未烧熟煮透，不得供餐')).toBeVisible()
  })

  test('puts a mistake right with a reason, and keeps what was written first', async () => {
    await page.getByRole('button', { name: '更正', exact: true }).click()
    await page.locator('[data-shown="c"]').getByRole('button', { name: '更正' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('温度').fill('74')
    await dialog.getByLabel('原因').fill('看错了一格')
    await dialog.getByRole('button', { name: '更正' }).click()
    await expect(page.locator('[data-shown="c"]')).toContainText(/64.*更正为 74.*看错了一格/s)
    await expect(page.getByText('未烧熟煮透，不得供餐')).toBeHidden()
    await page.getByRole('button', { name: '作废' }).click()
    await dialog.getByLabel('原因').fill('登重了')
    await dialog.getByRole('button', { name: '作废' }).click()
    await expect(page.getByText(/^已作废：登重了/)).toBeVisible()
    await page.getByRole('button', { name: '恢复' }).click()
    await dialog.getByLabel('原因').fill('没有登重')
    await dialog.getByRole('button', { name: '恢复' }).click()
    await expect(page.getByText(/^作废过，已恢复：登重了/)).toBeVisible()
    const own = (await rowsOf(page, 'temperature_reading')).filter(
      ({ fields }) => fields['dish'] === '荠菜豆腐羹',
    )
    expect(own.map(({ stage }) => stage)).toEqual(['kept'])
  })

  test('ends with two signatures on one tablet, each by its own hand', async () => {
    await switchTo(page, PEOPLE.guard, '/registers/shift_handover/new')
    await page.getByRole('combobox', { name: /交班班次/ }).click()
    await page.getByRole('option').nth(1).click()
    await pick(page, /接班人/, '马建军')
    const lines = page.locator('[data-field="items"] li')
    for (let at = 0; at < (await lines.count()); at += 1) {
      const due = /应有 (\d+)/.exec(await lines.nth(at).innerText())?.[1] ?? '1'
      await lines.nth(at).getByRole('textbox').fill(due)
    }
    await save(page)
    await page.getByRole('button', { name: '交班签字', exact: true }).click()
    await sign(page)
    await page.getByRole('dialog').getByRole('button', { name: '交班签字' }).click()
    await expect(page.getByText('待对方签字')).toBeVisible()

    await page.getByRole('button', { name: '由别人来做：接班签字' }).click()
    await expect(page.getByText('由马建军本人签')).toBeVisible()
    await sign(page, 120)
    // The hand slips: what was drawn is still there, and the page says that nobody has signed yet.
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '尚未签完，接着签：接班签字' }).click()
    expect(await isDrawn(page)).toBe(true)
    await page.getByRole('button', { name: '下一步：输入 PIN' }).click()
    await page.keyboard.type('0000')
    await page.keyboard.press('Enter')
    await expect(page.getByText('PIN 不对，请再试')).toBeVisible()
    await page.keyboard.type(NEXT.pin)
    await page.keyboard.press('Enter')
    await expect(page.getByText('已交接', { exact: true })).toBeVisible()
    await expect(page.locator('[data-act="take"]')).toContainText('马建军')
    await expect(page.locator('[data-act="take"]')).toContainText('PIN 核验')
    await expect(page.locator('.chip .name')).toHaveText(PEOPLE.guard.name)
    const own = (await rowsOf(page, 'shift_handover')).filter(({ fields }) => fields['to'] === NEXT.id)
    expect(own.map(({ stage }) => stage)).toEqual(['done'])
  })

  test('is found again in its list, by words, stage and day, and goes on paper', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await go(page, '/registers/duty_shift')
    const row = page.getByRole('link', { name: /夜班/ }).filter({ hasText: '吴大勇' })
    await expect(row).toBeVisible()
    await page.getByLabel('状态').selectOption('已离岗')
    await expect(row).toBeHidden()
    await page.getByRole('button', { name: '清除条件' }).click()
    await page.getByRole('button', { name: '今天' }).click()
    await page.getByLabel('查找').fill('路灯')
    await expect(row).toBeVisible()
    await page.getByLabel('查找').fill('没有这件事')
    await expect(page.getByText('没有符合条件的登记')).toBeVisible()
    await page.getByRole('button', { name: '清除条件' }).click()
    // The browser prints by itself below; of the button it is enough that the paper stands ready.
    await page.evaluate(() => (window.print = () => {}))
    await page.getByRole('button', { name: '打印' }).click()
    await expect(page.locator('.paper')).toBeAttached()
    const paper = (await print(page)).map(({ text }) => text).join('\n')
    for (const words of ['中心幼儿园', '值班', '夜班', '吴大勇', '在岗']) expect(paper).toContain(words)
    expect(paper).toMatch(/共 \d+ 行/)
    expect(paper).not.toContain('筛选')

    await go(page, '/search')
    await page.getByRole('searchbox').fill('路灯')
    await page.getByRole('link', { name: /夜班.*在岗/ }).click()
    await expect(page.locator('[data-shown="events"]')).toContainText('东门路灯不亮')
  })
})
