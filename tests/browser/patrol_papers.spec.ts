/** The papers of a round that was walked and signed by two: printed by the browser and read back, short and long. */
import { readFileSync } from 'node:fs'
import { expect, test, type Page, type Route } from '@playwright/test'
import { sign } from '../support/hand'
import { call, go, openTablet, toWalk } from '../support/page'
import { beyond, print, type PrintedPage } from '../support/paper'
import { PEOPLE, School, type Tablet } from '../support/school'

const LINES = 3_000
/** A name of forty characters, the longest that people give a point. */
const LONG = '教学楼一层东侧疏散楼梯间与消防控制室之间的走廊及配电间门前堆物易发区域巡查点位牌'.slice(0, 40)

interface Round {
  id: string
  points: { id: string; name: string }[]
  signing: { saw: string; missing: number; needed: number }
}
interface Due {
  route: string
  route_name: string
  window: string
  window_name: string
  from: number
  points: number
  covered: number
}
interface Sheet {
  columns: { key: string }[]
  rows: (string | null)[][]
  lines: object[]
  gaps: object[]
  foot: string
}

test.describe.configure({ mode: 'serial' })

test.describe('the papers of patrols', () => {
  let school: School
  let tablet: Tablet
  let page: Page
  let round: Round
  let due: Due
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    page = await (await browser.newContext({ acceptDownloads: true })).newPage()
    await openTablet(page, tablet, PEOPLE.guard)
    const { windows } = await call<{ windows: Due[] }>(page, 'patrol.due', { day: today })
    due = toWalk(windows, 11)
    const { route, window } = due
    const { id } = await call<{ id: string }>(page, 'patrol.start', { route, window, day: today })
    await read(id)
    const [last, ...others] = [...round.points].reverse()
    for (const { id: checkpoint } of others.reverse())
      await call(page, 'patrol.visit', { run: id, checkpoint, how: 'qr', result: 'normal' })
    await call(page, 'patrol.finish', { run: id, missed: [{ checkpoint: last!.id, reason: '正在施工' }] })
  })
  test.afterAll(async () => {
    await page?.context().close()
    await tablet?.close()
    await school?.stop()
  })
  test.afterEach(() => page.unrouteAll({ behavior: 'wait' }))

  const read = async (id: string) => (round = await call<Round>(page, 'patrol.get', { run: id }))
  const open = async (sheet: string) => {
    await go(page, '/more')
    await page.locator('h1', { hasText: '更多' }).waitFor()
    await go(page, `/papers/${sheet}`)
    await page.locator('article').waitFor()
  }
  /** Nothing stands beyond the edge of its page. */
  const stays = (pages: PrintedPage[]) => expect(pages.flatMap((one) => beyond(one, 15))).toEqual([])

  test('a second signs on the same tablet with a PIN of their own, and nobody is switched', async () => {
    await go(page, `/patrol/${round.id}`)
    await expect(page.locator('[data-signing]')).toContainText('要 2 人签字，还差 2 人')
    await page.locator('[data-own]').click()
    const dialog = page.getByRole('dialog')
    await sign(page)
    await dialog.getByRole('button', { name: '签字', exact: true }).click()
    await expect(dialog).toHaveCount(0)
    await expect(page.locator('[data-signing]')).toContainText('还差第二人')
    await page.locator('[data-second]').click()
    await dialog.getByRole('combobox').fill('陈志强')
    await page.getByRole('option', { name: '陈志强' }).click()
    await sign(page)
    await dialog.getByRole('button', { name: '下一步：输入 PIN' }).click()
    await page.keyboard.type(PEOPLE.logi.pin)
    await page.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect(page.locator('[data-signing]')).toContainText('签字已齐')
    await expect(page.locator('.signs .drawing')).toHaveCount(2)
    const now = await call<{ by: { id: string } }>(page, 'person.current')
    expect(now.by.id).toBe(PEOPLE.guard.id)
  })

  test('the record lies on its side, with each point once and the reason of the one that was missed', async () => {
    await open('patrols')
    await expect(page.locator('article')).toContainText('正在施工')
    const pages = await print(page, undefined, true)
    stays(pages)
    pages.forEach((one, at) => {
      expect(one.width).toBeCloseTo(842, 0)
      expect(one.text.replace(/\s/g, ''), `page ${at + 1}`).toContain('巡查记录')
    })
    const text = pages.map((one) => one.text.replace(/\s/g, '')).join('')
    // A long name goes on in its next line, behind what stands beside it.
    for (const { name } of round.points) expect(text).toContain(name.slice(0, 4))
    expect(text).toContain('已签')
  })

  test('the fire sheet stands upright, reads its seven items, and names both who signed', async () => {
    await open('patrols/fire')
    await expect(page.locator('article')).toContainText('陈志强')
    const pages = await print(page)
    stays(pages)
    expect(pages[0]?.width).toBeCloseTo(595, 0)
    const text = pages.map((one) => one.text.replace(/\s/g, '')).join('')
    for (const item of [
      '用火、用电',
      '安全出口',
      '疏散指示',
      '消防设施',
      '常闭防火门',
      '消防控制室',
      '消防车道',
    ])
      expect(text).toContain(item)
    expect(text).toContain('正常')
    const signed = page.locator('article tbody tr').filter({ hasText: '陈志强' })
    expect(await signed.count()).toBeGreaterThan(0)
    for (const row of await signed.allInnerTexts()) expect(row).not.toMatch(/缺(第二|\d+)人签名/)
  })

  test('the sheet of a day has each window and the key areas, and goes into a workbook of numbers', async () => {
    await call(page, 'person.switch', { person: PEOPLE.logi.id, pin: PEOPLE.logi.pin })
    await open('patrols/day')
    await expect(page.locator('article')).toContainText(due.window_name)
    await expect(page.locator('article')).toContainText('重点部位最少')
    stays(await print(page, undefined, true))
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出 CSV' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '导出文件' }).click()
    const text = readFileSync(await (await waiting).path(), 'utf8')
    expect(text).toContain(`${round.points.length},${round.points.length - 1},`)
  })

  test('the sheet of a month has all its days on one page', async () => {
    await open('patrols/month')
    const pages = await print(page, undefined, true)
    stays(pages)
    const days = new Date(Number(today.slice(0, 4)), Number(today.slice(5, 7)), 0).getDate()
    const heads = await page.locator('article thead tr').last().locator('th').allTextContents()
    expect(heads.filter((head) => /^\d+\/\d+$/.test(head))).toHaveLength(days)
    expect(pages.at(-1)?.text).toMatch(/共\s*\d+\s*行/)
  })

  test('of 3,000 lines and names of forty characters no row is cut in two, and of none it says so', async () => {
    test.slow()
    const line = { id: null, day: today, late: false, conflict: false, after_signing: null }
    const showing = (rows: number) =>
      page.route('**/app/call/sheet.get', async (route: Route) => {
        const response = await route.fetch()
        const sheet = (await response.json()) as Sheet
        const cell = (key: string, at: number) =>
          key === 'point'
            ? LONG
            : key === 'remarks'
              ? `第${at + 1}条`
              : key === 'by'
                ? LONG.slice(0, 20)
                : '三'
        await route.fulfill({
          response,
          json: {
            ...sheet,
            rows: Array.from({ length: rows }, (_, at) => sheet.columns.map(({ key }) => cell(key, at))),
            lines: Array.from({ length: rows }, () => line),
            gaps: [],
            foot: `共 ${rows} 行`,
          },
        })
      })
    await showing(LINES)
    await open('patrols')
    await expect(page.locator('article')).toContainText(`第${LINES}条`, { timeout: 120_000 })
    const pages = await print(page, undefined, true)
    stays(pages)
    const texts = pages.flatMap(({ lines }) => lines.map(({ text }) => text))
    const seen = texts.flatMap((text) => [...text.matchAll(/第(\d+)条/g)].map(([, number]) => Number(number)))
    expect(new Set(seen).size).toBe(LINES)
    await page.unrouteAll({ behavior: 'wait' })
    await showing(0)
    await open('patrols')
    await expect(page.locator('article')).toContainText('共 0 行')
    expect((await print(page, undefined, true)).at(-1)?.text).toContain('这段时间没有记录')
  })
})
