/** A check on paper, with everything in it that real checks have: printed by the browser, and read back. */
import { expect, test, type Page } from '@playwright/test'
import { call, go, openOffice, openTablet } from '../support/page'
import { beyond, print, printedInOrder, type PrintedPage } from '../support/paper'
import { PEOPLE, School, type Tablet } from '../support/school'

const LONG = '红烧狮子头配时蔬与手工小馒头（大班、中班、小班分餐，第二锅，十一点二十分出锅）'
const NOTE = '灶台后方油垢未清，排风口滤网有一处破损；已请师傅带滤网来换，换好之前这一口灶停用。'

test.describe('a check on paper', () => {
  let school: School
  let tablet: Tablet
  let page: Page
  let id: string

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    page = await (await browser.newContext({ colorScheme: 'dark' })).newPage()
    await openTablet(page, tablet, PEOPLE.fso)
    id = await filledCheck(page)
    await go(page, `/inspections/${id}`)
    await page.getByRole('button', { name: '打印' }).waitFor()
  })
  test.afterAll(async () => {
    await page?.context().close()
    await tablet?.close()
    await school?.stop()
  })

  test('says on every page whose it is, what it is, and which page of how many', async () => {
    const pages = await print(page)
    expect(pages.length).toBeGreaterThanOrEqual(2)
    pages.forEach((one, at) => {
      expect(one.text, `page ${at + 1}`).toContain('中心幼儿园')
      expect(one.text).toContain('厨房日检')
      expect(one.text).toMatch(/日期\s*20\d\d-\d\d-\d\d/)
      expect(one.text).toContain('检查项目与要求')
      expect(one.text.replace(/\s/g, '')).toContain(`${at + 1}/${pages.length}`)
      expect(one.text).not.toContain('跳到内容')
      expect(one.text).not.toContain('更正答案')
    })
    expect(pages[0]?.width).toBeCloseTo(595, 0)
  })

  test('holds each item once, with its result, its note and who answered', async () => {
    const all = (await printedInOrder(page)).replace(/\s/g, '')
    expect(all).toContain('填写人')
    expect(all).toContain(LONG)
    expect(all).toContain('不合格')
    expect(all).toContain(NOTE)
    expect(all).toContain('红线')
    expect(all).toContain('李敏')
    expect(all).toContain('未填完：师傅明天来修')
    expect(all).toContain('审核人')
    const { sections } = await call<{ sections: { items: { text: string; status: string }[] }[] }>(
      page,
      'inspection.get',
      { id },
    )
    const items = sections.flatMap(({ items }) => items).filter(({ status }) => status !== 'not_asked')
    for (const { text } of items) expect(all, text).toContain(text.replace(/\s/g, ''))
  })

  test('leaves no column one character wide, no heading at the foot, and nothing outside of the page', async () => {
    const pages = await print(page)
    const { sections } = await call<{ sections: { section: string }[] }>(page, 'inspection.get', { id })
    const headings = new Set(sections.map(({ section }) => section))
    pages.forEach((one, at) => {
      const body = withoutFoot(one)
      expect(headings.has(body.at(-1)?.text ?? ''), `the foot of page ${at + 1}`).toBe(false)
      expect(beyond(one, 20)).toEqual([])
      expect(longestRunOfSingles(body.map(({ text }) => text))).toBeLessThan(4)
    })
  })

  test('keeps every cell in its row, and the head of a column on one line', async () => {
    await page.emulateMedia({ media: 'print' })
    const ragged = await page.evaluate(() =>
      Array.from(document.querySelectorAll<HTMLTableRowElement>('.paper tr'))
        .map(({ cells }) => Array.from(cells, (cell) => Math.round(cell.getBoundingClientRect().height)))
        .filter((heights) => new Set(heights).size > 1),
    )
    const heads = await page.evaluate(() =>
      Array.from(document.querySelectorAll('.paper th[scope=col]'), (head) => {
        const range = document.createRange()
        range.selectNodeContents(head)
        return range.getClientRects().length
      }),
    )
    await page.emulateMedia({ media: null, colorScheme: 'dark' })
    expect(ragged).toEqual([])
    expect(heads).toEqual([1, 1, 1, 1, 1])
  })

  test('is dark on white whatever the screen is, the red line too', async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const inks = await page.evaluate(() => {
      const shown = Array.from(document.querySelectorAll<HTMLElement>('.paper-only, .paper-only *, .tag'))
      const texts = shown.filter((one) => one.offsetParent !== null && one.textContent?.trim())
      return [...new Set(texts.map((one) => getComputedStyle(one).color))]
    })
    await page.emulateMedia({ media: null, colorScheme: 'dark' })
    expect(inks.length).toBeGreaterThan(0)
    for (const ink of inks) {
      const [red = 255, green = 255, blue = 255] = (ink.match(/[\d.]+/g) ?? []).map(Number)
      expect(0.2126 * red + 0.7152 * green + 0.0722 * blue, ink).toBeLessThan(110)
    }
  })

  test('is the same from the office, with who wrote what behind it', async ({ browser }) => {
    const office = await (await browser.newContext()).newPage()
    await openOffice(office, school)
    await expect
      .poll(() =>
        call(office, 'inspection.get', { id }).then(
          ({ stage }) => stage,
          () => null,
        ),
      )
      .toBe('submitted')
    await go(office, `/inspections/${id}`)
    await office.getByRole('button', { name: '打印' }).waitFor()
    const pages = await print(office)
    expect(pages[0]?.text).toContain('中心幼儿园')
    // The history stands on a page of its own, says of which check, and is counted as the last.
    expect(pages.at(-1)?.text).toContain('厨房日检')
    expect(pages.at(-1)?.text.replace(/\s/g, '')).toContain(`${pages.length}/${pages.length}`)
    expect(pages.map(({ text }) => text.replace(/\s/g, '')).join('')).toContain(LONG)
    expect(pages.map(({ text }) => text).join('')).not.toContain('跳到内容')
    await office.context().close()
  })
})

/** A kitchen check with long names, a red line, notes, a retest, and two items that nobody filled in. */
async function filledCheck(page: Page): Promise<string> {
  const areas = await call<{ areas: { id: string; kind: string }[] }>(page, 'area.list')
  const subject = areas.areas.find(({ kind }) => kind === 'kitchen')?.id
  const { id } = await call<{ id: string }>(page, 'inspection.start', { template: 'T01@1', subject })
  const { sections } = await call<{
    sections: { items: { code: string; type: string; max: number | null; severity: string | null }[] }[]
  }>(page, 'inspection.get', { id })
  const items = sections.flatMap(({ items }) => items)
  const values: Record<string, unknown> = {
    'T01.07': [
      { v: '66.8', of: LONG },
      { v: '75.5', of: LONG, retest: true },
      { v: '81', of: '冬瓜汤' },
    ],
    'T01.08': '35',
    'T01.12': '4',
    'T01.13': '-19',
  }
  for (const { code, type, max } of items.slice(0, -2)) {
    const plain = type === 'pass_fail' ? 'pass' : type === 'score' ? max : null
    const result = values[code] ?? plain
    if (result !== null) await call(page, 'inspection.answer', { id, item: code, result })
  }
  const red = items.find(({ type, severity }) => type === 'pass_fail' && severity === 'L4')?.code
  await call(page, 'inspection.answer', { id, item: red, result: 'fail', note: NOTE })
  for (const { code, type } of items
    .slice(1, 9)
    .filter(({ type }) => type === 'pass_fail' || type === 'score'))
    if (code !== red && type !== 'temperature')
      await call(page, 'inspection.note', { id, item: code, note: NOTE })
  const signature = [
    [
      [100, 300],
      [400, 600],
      [800, 200],
    ],
  ]
  await call(page, 'inspection.submit', { id, reason: '师傅明天来修', signature })
  return id
}

/** The lines above the number of the page. */
const withoutFoot = (page: PrintedPage) => page.lines.filter(({ top }) => top < page.height - 45)

/** How many lines of one single Chinese character follow each other: a column that is too narrow. */
function longestRunOfSingles(lines: readonly string[]): number {
  let [longest, run] = [0, 0]
  for (const line of lines) {
    run = /^\p{Script=Han}$/u.test(line) ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
