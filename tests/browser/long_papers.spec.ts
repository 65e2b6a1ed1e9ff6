/** Papers at their ends: of 3,000 lines, and of none; and a file that takes longer than anybody waits. */
import { expect, test, type Page, type Route } from '@playwright/test'
import { go, openTablet } from '../support/page'
import { beyond, print } from '../support/paper'
import { PEOPLE, School, type Tablet } from '../support/school'

const LINES = 3_000

interface Sheet {
  columns: unknown[]
  rows: (string | null)[][]
  lines: object[]
  gaps: object[]
  corrections: object[]
  foot: string
}

test.describe('a paper', () => {
  let school: School
  let tablet: Tablet
  let page: Page

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    page = await (await browser.newContext({ acceptDownloads: true })).newPage()
    await openTablet(page, tablet, PEOPLE.logi)
  })
  test.afterAll(async () => {
    await page?.context().close()
    await tablet?.close()
    await school?.stop()
  })
  test.afterEach(() => page.unrouteAll({ behavior: 'wait' }))

  /** Lets the page of a paper show other rows than the program has. */
  const showing = (change: (sheet: Sheet) => Sheet) =>
    page.route('**/app/call/sheet.get', async (route: Route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: change((await response.json()) as Sheet) })
    })

  test('of 3,000 lines is whole on paper: each line once, its head on every page, none cut in two', async () => {
    test.slow()
    const line = { id: null, day: '2026-09-01', late: false, conflict: false, after_signing: null }
    await showing((sheet) => ({
      ...sheet,
      rows: Array.from({ length: LINES }, (_, at) =>
        sheet.columns.map((_, column) => (column === 1 ? `第${at + 1}条` : null)),
      ),
      lines: Array.from({ length: LINES }, () => line),
      gaps: [],
      corrections: [],
      foot: `共 ${LINES} 行`,
    }))
    await go(page, '/papers/waste')
    await expect(page.locator('article')).toContainText(`第${LINES}条`, { timeout: 60_000 })
    const pages = await print(page)
    const texts = pages.flatMap(({ lines }) => lines.map(({ text }) => text))
    const seen = texts.flatMap((text) => [...text.matchAll(/第(\d+)条/g)].map(([, number]) => Number(number)))
    expect(seen).toHaveLength(LINES)
    expect(new Set(seen).size).toBe(LINES)
    pages.forEach((one, at) => {
      expect(one.text, `page ${at + 1}`).toContain('废弃物处置')
      expect(one.text.replace(/\s/g, '')).toContain(`${at + 1}/${pages.length}`)
      expect(beyond(one, 15)).toEqual([])
    })
    expect(pages.at(-1)?.text).toMatch(/共\s*3000\s*行/)
  })

  test('of nothing says on paper that nothing was recorded, and how many rows that is', async () => {
    await showing((sheet) => ({ ...sheet, rows: [], lines: [], gaps: [], corrections: [], foot: '共 0 行' }))
    // From another page: the same address again would ask for nothing.
    await go(page, '/more')
    await page.locator('h1', { hasText: '更多' }).waitFor()
    await go(page, '/papers/waste')
    await expect(page.locator('article')).toContainText('共 0 行')
    const [only, ...more] = await print(page)
    expect(more).toEqual([])
    expect(only?.text).toContain('这段时间没有记录')
    expect(only?.text).toMatch(/共\s*0\s*行/)
    expect(only?.text).toContain('废弃物处置')
  })

  test('that takes long to export tells its rows, and is there for who went away and came back', async () => {
    const name = '0197d000-0000-7000-8000-00000000e001'
    let one: object | null = null
    const at = (state: string, done: number) => ({
      export: name,
      sheet: 'waste',
      title: '废弃物处置',
      title_en: 'Waste',
      as: 'csv',
      state,
      done,
      of: LINES,
      problem: null,
    })
    await page.route('**/app/sheets', (route) => {
      one = at('reading', 1_200)
      return route.fulfill({ status: 202, json: { export: name } })
    })
    await page.route('**/app/call/sheet.exports', (route) =>
      route.fulfill({ json: { exports: one ? [one] : [] } }),
    )
    await page.route(`**/app/sheets/${name}`, (route) => {
      one = null
      return route.fulfill({
        body: '一年',
        headers: {
          'Content-Disposition': "attachment; filename*=UTF-8''year.csv",
          'Content-Type': 'text/csv',
        },
      })
    })
    await go(page, '/papers/waste')
    await page.getByRole('button', { name: '导出 CSV' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '导出文件' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByText('正在读取：1200 / 3000 行')).toBeVisible()
    await expect(page.getByRole('progressbar')).toBeVisible()
    await go(page, '/today')
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    one = at('ready', LINES)
    await go(page, '/papers')
    await expect(page.getByText('已生成，还没有取走')).toBeVisible()
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: '取文件' }).click()
    expect((await waiting).suggestedFilename()).toBe('year.csv')
    await expect(page.getByText('已导出：year.csv')).toBeVisible()
  })
})
