/** What screens say and where they put it, for a person who is tired: values, outcomes, buttons in reach. */
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test'
import { Form } from '../support/form'
import { call, go, openOffice, openTablet } from '../support/page'
import { PEOPLE, School, type Tablet } from '../support/school'

const green = 'rgb(23, 112, 60)'
const colour = (one: Locator) => one.evaluate((element) => getComputedStyle(element).color)
const newPage = async (browser: Browser, options = {}) => (await browser.newContext(options)).newPage()

test.describe('what a screen says', () => {
  let school: School
  let tablet: Tablet
  let page: Page

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    page = await newPage(browser, { hasTouch: true })
    await openTablet(page, tablet, PEOPLE.fso)
  })
  test.afterAll(async () => {
    await page?.context().close()
    await tablet?.close()
    await school?.stop()
  })

  /** The tablet's screens once more, in another size or light; its link works once, so the cookie goes along. */
  async function again(browser: Browser, options: object): Promise<Page> {
    const { cookies } = await page.context().storageState()
    const other = await newPage(browser, { ...options, storageState: { cookies, origins: [] } })
    await other.goto(new URL('/', page.url()).href)
    await other.locator('h1').first().waitFor()
    return other
  }

  test('one answer of fifteen is 未填完 1/15 wherever the form stands, and never green', async ({
    browser,
  }) => {
    const form = await Form.start(page)
    await form.verdict('01', '合格')
    await form.saved()
    await call(page, 'inspection.submit', { id: form.id, reason: '停电' })
    await go(page, '/today')
    await go(page, `/inspections/${form.id}`)
    const verdict = page.locator('.report .verdict')
    await expect(verdict).toContainText('1/15')
    await expect(verdict).toContainText('未填完')
    await expect(verdict).not.toContainText('100')
    expect(await colour(verdict)).not.toBe(green)

    await go(page, '/inspections')
    const line = page.locator(`a[href$="/inspections/${form.id}"]`).first()
    await expect(line).toContainText('未填完 1/15')

    const office = await newPage(browser)
    await openOffice(office, school)
    await go(office, '/board')
    const arrived = office.locator(`a[href$="/inspections/${form.id}"]`).first()
    await expect(arrived).toContainText('未填完 1/15', { timeout: 20_000 })
    await office.context().close()
  })

  test('a number with two readings is drawn as neither good nor bad, until somebody says which is meant', async () => {
    const form = await Form.start(page)
    const row = form.item('12')
    const figure = row.locator('input[data-main]').first()
    await figure.click()
    await page.keyboard.type('1,234')
    await page.keyboard.press('Tab')
    await expect(row).toContainText('“1,234”有两种读法')
    expect(await colour(figure)).not.toBe(green)
    const gaps = async () =>
      Number(/(\d+)/.exec((await page.getByRole('button', { name: /下一缺项/ }).textContent()) ?? '')?.[1])
    const { missing } = await call<{ missing: unknown[] }>(page, 'inspection.get', { id: form.id })
    expect(await gaps()).toBe(missing.length)
    await row.getByRole('button', { name: '1.234 ℃' }).click()
    await form.saved()
    const { sections } = await call<{ sections: { items: { code: string; result: unknown }[] }[] }>(
      page,
      'inspection.get',
      { id: form.id },
    )
    const stored = sections.flatMap(({ items }) => items).find(({ code }) => code === 'T01.12')
    expect(stored?.result).toEqual([{ v: '1.234', of: '第 1 份' }])
    expect(await gaps()).toBe(missing.length - 1)
  })

  test('a value that can hardly be meant is asked about once, and kept when it is', async () => {
    const form = await Form.start(page)
    const row = form.item('12')
    // The unit leads to the figure as well.
    await row.getByText('℃', { exact: true }).first().click()
    await page.keyboard.type('372')
    await page.keyboard.press('Tab')
    await expect(row).toContainText('372 ℃，对吗？')
    await row.getByRole('button', { name: '对，没写错' }).click()
    await form.saved()
    await expect(row).not.toContainText('对吗')
    await go(page, '/today')
    await go(page, `/inspections/${form.id}`)
    await expect(form.item('12').locator('input[data-main]').first()).toHaveValue('372')
  })

  test('a damaged HEIC file is told from a picture while the page goes on', async () => {
    const form = await Form.start(page)
    await form.verdict('06', '不合格')
    const head = Buffer.from([
      0,
      0,
      0,
      24,
      ...Buffer.from('ftypheic'),
      0,
      0,
      0,
      0,
      ...Buffer.from('mif1heic'),
    ])
    const file = {
      name: 'a.heic',
      mimeType: 'image/heic',
      buffer: Buffer.concat([head, Buffer.alloc(200_000)]),
    }
    await form.item('06').locator('input[type=file]').setInputFiles(file)
    await expect(form.item('06')).toContainText('HEIC')
    await form.verdict('02', '合格')
    await form.saved()
  })

  test('a signature stays visible when the screen turns dark', async ({ browser }) => {
    const dark = await again(browser, { colorScheme: 'light' })
    const form = await Form.start(dark)
    await go(dark, `/inspections/${form.id}/submit`)
    const canvas = dark.locator('canvas').first()
    await canvas.scrollIntoViewIfNeeded()
    const box = (await canvas.boundingBox())!
    await dark.mouse.move(box.x + 30, box.y + 40)
    await dark.mouse.down()
    await dark.mouse.move(box.x + 120, box.y + 70, { steps: 8 })
    await dark.mouse.up()
    const lightness = () =>
      canvas.evaluate((element) => {
        const { width, height } = element as HTMLCanvasElement
        const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height)
        let [sum, n] = [0, 0]
        for (let at = 0; at < data.length; at += 4)
          if ((data[at + 3] ?? 0) > 200) [sum, n] = [sum + (data[at] ?? 0), n + 1]
        return n === 0 ? null : sum / n
      })
    expect(await lightness()).toBeLessThan(90)
    await dark.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(lightness).toBeGreaterThan(160)
    await dark.context().close()
  })

  test('the button of a step covers no field that has room above it', async () => {
    const { findings } = await call<{ findings: { id: string }[] }>(page, 'finding.list', { state: 'open' })
    await go(page, `/findings/${findings[0]?.id}`)
    await page.locator('.next .large').first().click()
    const sheet = page.getByRole('dialog')
    const field = (await sheet.locator('textarea').boundingBox())!
    const button = (await sheet.locator('button[type=submit]').boundingBox())!
    expect(field.y + field.height).toBeLessThanOrEqual(button.y)
    await page.keyboard.press('Escape')
  })

  test('giving a finding to somebody has its button in sight, and every name within the sheet', async () => {
    const logi = page
    await call(logi, 'person.switch', { person: PEOPLE.logi.id, pin: PEOPLE.logi.pin })
    await logi.reload()
    await logi.locator('h1').first().waitFor()
    const { findings } = await call<{ findings: { id: string }[] }>(logi, 'finding.list', {
      state: 'unassigned',
    })
    await go(logi, `/findings/${findings[0]?.id}`)
    await logi.getByRole('button', { name: '派发', exact: true }).click()
    const sheet = logi.getByRole('dialog')
    const button = sheet.getByRole('button', { name: '派发', exact: true })
    await expect(button).toBeInViewport({ ratio: 1 })
    const hidden = await sheet.evaluate((element) =>
      Array.from(element.querySelectorAll<HTMLElement>('*'))
        .filter((one) => one !== element && one.scrollHeight > one.clientHeight + 1)
        .filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowY))
        .filter((one) => one.querySelector('input[type=radio]') && !one.querySelector('textarea'))
        .map((one) => one.className),
    )
    expect(hidden).toEqual([])
    await logi.keyboard.press('Escape')
    await call(logi, 'person.switch', { person: PEOPLE.fso.id, pin: PEOPLE.fso.pin })
  })

  test('the keys for a PIN lie in the lower half of a tablet that is held upright', async ({ browser }) => {
    const tall = await again(browser, { viewport: { width: 800, height: 1280 } })
    await go(tall, '/people-here')
    await tall.getByText(PEOPLE.cook.name).first().click()
    const box = await tall.locator('.keys').boundingBox()
    expect(box?.y).toBeGreaterThan(640)
    await tall.context().close()
  })
})
