/** The office reads a day of patrols: what it has not heard of, what was walked, and what was missed by its name. */
import { expect, test, type Page } from '@playwright/test'
import { call, go, openOffice } from '../support/page'
import { PEOPLE, School, type Tablet } from '../support/school'

interface Started {
  id: string
}
interface Walked {
  points: { id: string; name: string }[]
}

/** Today where the school is. */
const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const clock = (time: string) => `${day}T${time}:00+08:00`
const POINTS = ['东门', '配电室', '操场']

test.describe.configure({ mode: 'serial', timeout: 300_000 })

test.describe('the office and a tablet that walks without a network', () => {
  let school: School
  let tablet: Tablet
  let page: Page
  let route: string
  let window: string
  let run: string

  /** What the tablet does at a time of the day, whether or not anybody hears of it. */
  const at = <T>(time: string, name: string, args: unknown) =>
    tablet.run<T>('--now', clock(time), '--as', PEOPLE.guard.id, 'call', name, JSON.stringify(args))

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    // A route of the test's own, that nobody has walked.
    await school.start(clock('04:00'))
    page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
    await openOffice(page, school)
    route = (await call<{ id: string }>(page, 'route.save', { name: '清晨巡查' })).id
    const saved = { route, name: '天亮前', from: '05:00', to: '06:00' }
    window = (await call<{ window: string }>(page, 'route.save_window', saved)).window
    for (const name of POINTS) await call(page, 'checkpoint.add', { route, point: { name, look_at: '门窗' } })
    // The tablet calls before the window begins, and not again.
    tablet = await school.tablet('平板 1')
    await school.stop()
  })
  test.afterAll(async () => {
    await page?.context().close()
    await school?.stop()
  })

  const row = () => page.locator(`[data-route="${route}"][data-window="${window}"]`)
  async function openBoard() {
    // A server that was started again knows nobody any more.
    await openOffice(page, school)
    await go(page, '/patrol/board')
    await row().waitFor()
  }

  test('what no tablet has told of is not called missed while one of them has not been heard from', async () => {
    run = (await at<Started>('05:05', 'patrol.start', { route, window })).id
    const { points } = await at<Walked>('05:05', 'patrol.get', { run })
    expect(points.map(({ name }) => name)).toEqual(POINTS)
    for (const [step, { id: checkpoint }] of points.slice(0, -1).entries())
      await at(`05:1${step}`, 'patrol.visit', { run, checkpoint, how: 'qr', result: 'normal' })
    await at('05:30', 'patrol.finish', { run, missed: [] })
    await school.start(clock('06:30'))
    await openBoard()
    await expect(row()).toHaveAttribute('data-tone', 'unknown')
    await expect(row()).toContainText('未到报')
    await expect(row()).toContainText('平板 1')
    await expect(row()).not.toContainText('漏')
    await expect(row().getByRole('button', { name: /立为隐患/ })).toHaveCount(0)
  })

  test('once it was heard from, the walk is there, and what it left out is missed by its name', async () => {
    await tablet.run('--now', clock('06:31'), 'sync')
    await expect(row()).toHaveAttribute('data-tone', 'gap', { timeout: 90_000 })
    await expect(row()).toContainText('漏 1 点')
    await row().getByText('没有到的点').click()
    await expect(row()).toContainText(POINTS[2]!)
    await expect(row().locator(`[data-walk="${run}"]`)).toContainText(PEOPLE.guard.name)
  })

  test('a person makes a finding of the gap, once', async () => {
    await row()
      .getByRole('button', { name: /立为隐患/ })
      .click()
    const made = row().getByRole('link', { name: '已立隐患' })
    await expect(made).toBeVisible()
    await made.click()
    await expect(page.getByText(/漏巡：/).first()).toBeVisible()
  })

  test('the coverage of the week is walked with the arrow keys, and a cell names what was missed', async () => {
    await go(page, '/patrol/coverage')
    const cell = page.locator(`[data-cell="${day} ${window}"]`)
    await cell.waitFor()
    const grid = page.getByRole('grid')
    await grid.locator('[tabindex="0"]').focus()
    for (let key = 0; key < 80; key += 1) {
      if (await cell.evaluate((one) => one === document.activeElement)) break
      const place = await cell.evaluate((one) => {
        const line = (button: Element) =>
          Array.from(button.closest('table')!.rows).indexOf(button.closest('tr')!)
        const here = document.activeElement!
        return line(one) - line(here)
      })
      await page.keyboard.press(place > 0 ? 'ArrowDown' : place < 0 ? 'ArrowUp' : 'ArrowRight')
    }
    await expect(cell).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-chosen]')).toContainText(POINTS[2]!)
  })

  test('who keeps the routes corrects a visit on the thread of its walk, and what was written stays', async () => {
    await go(page, `/patrol/${run}`)
    await page.locator('[data-correct]').click()
    const dialog = page.getByRole('dialog')
    const visits = dialog.getByLabel('哪一次')
    await visits.selectOption({ index: 1 })
    await dialog.getByLabel('为什么').fill('没有到，点错了')
    await dialog.getByRole('button', { name: '更正', exact: true }).click()
    await expect(page.locator('[data-corrections]')).toContainText('正常 → 不算')
    await expect(page.locator('[data-corrections]')).toContainText('没有到，点错了')
    await expect(page.locator('[data-count="missed"]')).toContainText('2')
  })

  test('what is worth a look stands in words that accuse nobody', async () => {
    await go(page, '/patrol/signals')
    await expect(page.getByText('不说明谁做错了')).toBeVisible()
  })
})
