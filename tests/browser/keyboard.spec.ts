/** A book is kept with the keyboard alone: a row is entered, put right, found in its list, and its paper is asked for. */
import { expect, test, type Locator, type Page } from '@playwright/test'
import { call, go, openTablet } from '../support/page'
import { PEOPLE, School, type Tablet } from '../support/school'

test.describe.configure({ mode: 'serial' })

test.describe('with the keyboard alone', () => {
  let school: School
  let tablet: Tablet
  let page: Page

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    await school.stop()
    page = await (await browser.newContext()).newPage()
    await openTablet(page, tablet, PEOPLE.fso)
    await go(page, '/today')
  })
  test.afterAll(async () => {
    await page?.context().close()
    await tablet?.close()
  })

  /** Goes on from stop to stop until the focus is there, and can be seen there. */
  async function tabTo(target: Locator): Promise<void> {
    await target.first().waitFor()
    const isThere = () => target.first().evaluate((element) => element === document.activeElement)
    for (let stops = 0; stops < 120; stops += 1) {
      if (await isThere()) {
        const outline = await target.first().evaluate((element) => {
          const rings = [element, ...Array.from(element.querySelectorAll('*')), element.parentElement]
          return rings.some((one) => {
            const { outlineStyle, boxShadow } = getComputedStyle(one as Element)
            return outlineStyle !== 'none' || boxShadow !== 'none'
          })
        })
        expect(outline, `${target} shows the focus`).toBe(true)
        return
      }
      await page.keyboard.press('Tab')
    }
    throw new Error(`no way to ${target} with the keyboard`)
  }
  const press = async (target: Locator) => {
    await tabTo(target)
    await page.keyboard.press('Enter')
  }
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  test('a row is entered from the rail on, Enter leading from field to field', async () => {
    await press(page.getByRole('navigation').getByRole('link', { name: '登记' }))
    await press(page.getByRole('link', { name: '登记：温度记录' }))
    await tabTo(page.locator('[data-field="what"] input').first())
    await page.keyboard.press('Space')
    while (!(await page.getByRole('radio', { name: '中心温度' }).isChecked()))
      await page.keyboard.press('ArrowRight')
    await tabTo(page.getByRole('combobox', { name: /地点/ }))
    await page.keyboard.type('厨房')
    await page.getByRole('option', { name: '厨房' }).first().waitFor()
    const lit = page.locator('[role=option][data-highlighted]')
    if ((await lit.count()) === 0) await page.keyboard.press('ArrowDown')
    await expect(lit).toContainText('厨房')
    await page.keyboard.press('Enter')
    await tabTo(page.getByLabel('菜品'))
    await page.keyboard.type('荠菜豆腐羹')
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('温度 *')).toBeFocused()
    await page.keyboard.type('64')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('已保存')).toBeVisible()
  })

  test('it is put right in a sheet that holds the focus, and gives it back', async () => {
    await press(button('更正'))
    await press(page.locator('[data-shown="c"]').getByRole('button', { name: '更正' }))
    const dialog = page.getByRole('dialog')
    await tabTo(dialog.getByLabel('温度'))
    await page.keyboard.press('Control+a')
    await page.keyboard.type('74')
    await tabTo(dialog.getByLabel('原因'))
    await page.keyboard.type('看错了一格')
    for (let stops = 0; stops < 12; stops += 1) {
      await page.keyboard.press('Tab')
      expect(await dialog.evaluate((sheet) => sheet.contains(document.activeElement))).toBe(true)
    }
    await press(dialog.getByRole('button', { name: '更正' }))
    await expect(page.locator('[data-shown="c"]')).toContainText('更正为 74')
    await expect(dialog).toHaveCount(0)
  })

  test('it is found again in its list, and leads back to itself', async () => {
    await press(page.getByRole('link', { name: '返回' }))
    await tabTo(page.getByLabel('查找'))
    await page.keyboard.type('荠菜豆腐羹')
    const row = page.getByRole('link', { name: /荠菜豆腐羹/ })
    await expect(row).toHaveCount(1)
    await press(row)
    await expect(page.locator('[data-shown="dish"]')).toContainText('荠菜豆腐羹')
  })

  test('the paper of the register is chosen, of other days, and sent to the printer', async () => {
    await press(page.getByRole('navigation').getByRole('link', { name: '更多' }))
    await press(page.getByRole('link', { name: '表册' }))
    await press(page.getByRole('link', { name: /^温度记录/ }))
    await page.locator('article').waitFor()
    await press(button('今天'))
    await expect(page.locator('article')).toContainText('荠菜豆腐羹')
    await page.evaluate(() => (window.print = () => void (document.title = 'printed')))
    await press(button('打印'))
    expect(await page.title()).toBe('printed')
    const { rows } = await call<{ rows: { fields: { c: string } }[] }>(page, 'entry.list', {
      kind: 'temperature_reading',
      text: '荠菜豆腐羹',
    })
    expect(rows.map(({ fields }) => fields.c)).toEqual(['74'])
  })
})
