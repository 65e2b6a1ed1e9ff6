/**
 * A week in the office with papers: two tablets write without a network, what they wrote meets, and the office prints it and takes
 * it out as files. A paper says what nobody wrote, what was put right, and how much of the school's data it rests on.
 */
import { readFileSync } from 'node:fs'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { call, go, openOffice, openTablet } from '../support/page'
import { beyond, print, printedInOrder } from '../support/paper'
import { Road } from '../support/road'
import { PEOPLE, School, type Tablet } from '../support/school'
import { csv, workbook } from '../support/workbook'

interface Row {
  id: string
  stage: string
  day: string
  fields: Record<string, unknown>
}
const rowsOf = async (page: Page, kind: string) =>
  (await call<{ rows: Row[] }>(page, 'entry.list', { kind, limit: 500 })).rows
const newPage = async (browser: Browser) => (await browser.newContext({ acceptDownloads: true })).newPage()

/** Who washes up in the demo. */
const WASHER = { id: '0197d000-0000-7000-8000-000200000005', pin: '2305' }
const DAY_MS = 86_400_000
/** The day on the school's clock, so many days from today. */
const day = (from: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + from * DAY_MS)

/** What is printed, cell by cell, without the blanks that a printer puts where it likes. */
const printed = async (page: Page, landscape = false) =>
  (await printedInOrder(page, landscape)).replace(/\s/g, '')

test.describe.configure({ mode: 'serial' })

test.describe('a week in the office with papers', () => {
  let school: School
  const [roadA, roadB] = [new Road(() => school.address), new Road(() => school.address)]
  let tablets: Tablet[]
  let gate: Page, kitchen: Page, office: Page
  let post: string, pots: string
  const shift = () => ({ date: day(0), post, shift: '周末', person: PEOPLE.guard.id })

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    await Promise.all([roadA.open(), roadB.open()])
    tablets = [
      await school.tablet('平板 1', { road: roadA.address }),
      await school.tablet('平板 2', { road: roadB.address }),
    ]
    ;[gate, kitchen, office] = await Promise.all([newPage(browser), newPage(browser), newPage(browser)])
    await openTablet(gate, tablets[0]!, PEOPLE.guard)
    await openTablet(kitchen, tablets[1]!, PEOPLE.cook)
    await openOffice(office, school)
    const { areas } = await call<{ areas: { id: string; kind: string }[] }>(office, 'area.list')
    post = areas.find(({ kind }) => kind === 'gate')!.id
    pots = areas.find(({ kind }) => kind === 'kitchen')!.id
  })
  test.afterAll(async () => {
    await Promise.all([gate, kitchen, office].map((page) => page?.context().close()))
    await Promise.all(tablets?.map((tablet) => tablet.close()) ?? [])
    await Promise.all([roadA.close(), roadB.close(), school?.stop()])
  })

  /** Chooses on the page of a paper the days from `from` to today. */
  async function ofDays(from: number): Promise<void> {
    await office.getByRole('button', { name: '自选' }).click()
    for (const [label, at] of [
      ['从', from],
      ['到', 0],
    ] as const) {
      const field = office.locator('.own .field').filter({ has: office.getByText(label, { exact: true }) })
      for (const [part, digits] of day(at)
        .split('-')
        .map((digits, at) => [['年', '月', '日'][at]!, digits] as const)) {
        await field.getByRole('spinbutton', { name: part }).click()
        await office.keyboard.type(digits)
      }
    }
    await expect(office.locator('article .facts')).toContainText(`${day(from)} 至 ${day(0)}`)
  }

  test('both tablets are out of range, and go on writing: the gate its shift, the kitchen its waste', async () => {
    // Somebody was due yesterday, and came; nobody wrote it down.
    const due = { date: day(-1), sort: '值班', shift: '假期', post, person: PEOPLE.fixer.id }
    await call(office, 'entry.save', { kind: 'duty_roster', set: due })
    await Promise.all([roadA.close(), roadB.close()])
    const { id } = await call<{ id: string }>(gate, 'entry.save', {
      kind: 'duty_shift',
      set: { ...shift(), events: '20:10 东门巡查正常' },
    })
    await call(gate, 'entry.act', { id, act: 'begin', set: {} })
    const mistaken = { ...shift(), shift: '假期' }
    await call(gate, 'entry.save', { kind: 'duty_shift', set: mistaken })
    const waste = { kitchen: pots, sort: '餐厨垃圾', kg: '35', company: '=绿源环保', licensed: true }
    await call(kitchen, 'entry.save', {
      kind: 'waste',
      set: { ...waste, collector: '老周', phone: '13812345678' },
    })
    for (const page of [gate, kitchen])
      await expect(page.getByText(/离线 · \d+ 条存于本机/).first()).toBeVisible({ timeout: 20_000 })
  })

  test('a colleague writes the same shift on the other tablet, since nobody there knows of it', async () => {
    await call(kitchen, 'person.switch', { person: PEOPLE.fixer.id, pin: PEOPLE.fixer.pin })
    const set = { ...shift(), events: '21:40 后门灯不亮，已报修' }
    await call(kitchen, 'entry.save', { kind: 'duty_shift', set })
    await call(kitchen, 'person.switch', { person: PEOPLE.cook.id, pin: PEOPLE.cook.pin })
    await kitchen.reload()
    await kitchen.locator('h1').first().waitFor()
  })

  test('still out of range a mistake is put right with a reason, and another row is made void', async () => {
    const [wasted] = (await rowsOf(kitchen, 'waste')).filter(({ fields }) => fields['collector'] === '老周')
    await go(kitchen, `/entries/${wasted!.id}`)
    await kitchen.getByRole('button', { name: '更正', exact: true }).click()
    await kitchen.locator('[data-shown="kg"]').getByRole('button', { name: '更正' }).click()
    await kitchen.getByRole('dialog').getByLabel('数量').fill('53')
    await kitchen.getByRole('dialog').getByLabel('原因').fill('数字写反')
    await kitchen.getByRole('dialog').getByRole('button', { name: '更正' }).click()
    await expect(kitchen.locator('[data-shown="kg"]')).toContainText(/35.*更正为 53.*数字写反/s)

    const mistaken = (await rowsOf(gate, 'duty_shift')).find(({ fields }) => fields['shift'] === '假期')
    await go(gate, `/entries/${mistaken!.id}`)
    await gate.getByRole('button', { name: '作废' }).click()
    await gate.getByRole('dialog').getByLabel('原因').fill('今天是周末班')
    await gate.getByRole('dialog').getByRole('button', { name: '作废' }).click()
    await expect(gate.getByText(/^已作废：今天是周末班/)).toBeVisible()
  })

  test('back in range both rows are one, with the words of both', async () => {
    await Promise.all([roadA.open(), roadB.open()])
    const shifts = async () => {
      const rows = await rowsOf(office, 'duty_shift')
      const own = rows.filter(({ day: of, fields }) => of === day(0) && fields['shift'] === '周末')
      const whole = await Promise.all(own.map(({ id }) => call<Row>(office, 'entry.get', { id })))
      return whole.map(({ stage, fields: { events } }) => [
        stage,
        ['东门巡查', '后门灯'].every((words) => JSON.stringify(events).includes(words)),
      ])
    }
    await expect.poll(shifts, { timeout: 60_000 }).toEqual([['on', true]])
    const wasted = async () =>
      (await rowsOf(office, 'waste')).filter(({ fields }) => fields['collector'] === '老周').length
    await expect.poll(wasted, { timeout: 60_000 }).toBe(1)
  })

  test('the week of duty is printed day by day: the shift that nobody wrote is named, the void one is counted', async () => {
    await go(office, '/papers/duty_shift')
    await ofDays(-6)
    await expect(office.locator('article')).toContainText('21:40 后门灯不亮')
    const pages = await print(office)
    pages.forEach((one, at) => {
      expect(one.text, `page ${at + 1}`).toContain('值班')
      expect(one.text).toMatch(/数据截至\s*20\d\d-\d\d-\d\d \d\d:\d\d/)
      expect(one.text.replace(/\s/g, '')).toContain(`${at + 1}/${pages.length}`)
      expect(beyond(one, 20)).toEqual([])
    })
    const all = await printed(office)
    for (const words of ['20:10东门巡查正常', '21:40后门灯不亮，已报修', '作废1行未列', '含个人信息'])
      expect(all).toContain(words)
    expect(all).toMatch(new RegExp(`——未记录${day(-1)}值班假期`))
    expect(all).toContain(`应有未记录核对至${day(-1)}`)
    // Each day has its heading, and today's stands below yesterday's.
    const heads = await office.locator('article tr.day').allInnerTexts()
    expect(heads.length).toBe(7)
  })

  test('a month of disinfection lies on its side as a grid; a corrected cell is underlined and has its foot note', async () => {
    const rows = await rowsOf(kitchen, 'disinfection_log')
    const id = rows.find(({ day: of, fields }) => of === day(-1) && fields['object'] === '餐具')!.id
    await call(kitchen, 'person.switch', { person: WASHER.id, pin: WASHER.pin })
    const value = `${day(-1)} 12:20`
    await call(kitchen, 'entry.correct', { id, field: 'started_at', value, reason: '记错半小时' })
    const corrections = async () => (await call<{ corrections: [] }>(office, 'entry.get', { id })).corrections
    await expect.poll(async () => (await corrections()).length, { timeout: 60_000 }).toBe(1)
    await go(office, '/papers/disinfection_log/6b')
    await ofDays(-30)
    await expect(office.locator('article')).toContainText('12:20')
    await expect(office.locator('article thead th[scope=col]')).toHaveCount(2 + 1 + 31)
    const pages = await print(office, undefined, true)
    for (const one of pages) {
      expect(one.width).toBeCloseTo(842, 0)
      expect(beyond(one, 15)).toEqual([])
    }
    const all = await printed(office, true)
    expect(all).toContain(`12:50→${day(-1)}12:20`)
    expect(all).toContain('记错半小时')
    expect(await office.locator('article td.corrected').allInnerTexts()).toEqual(['12:20'])
  })

  test('the ledger of waste goes into both sorts of files, with the same cells and what stands below them', async () => {
    await go(office, '/papers/waste')
    await ofDays(-30)
    await expect(office.locator('article')).toContainText('35 kg → 53')
    const file = async (button: string) => {
      const waiting = office.waitForEvent('download')
      await office.getByRole('button', { name: button }).click()
      await office.getByRole('dialog').getByRole('button', { name: '导出文件' }).click()
      const download = await waiting
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
    }
    const [excel, text] = [await file('导出 Excel'), await file('导出 CSV')]
    expect(excel.name).toMatch(/^废弃物处置_.*\.xlsx$/)

    const pages = workbook(excel.bytes)
    // The demo's waste goes once a week.
    const months = [-20, -13, -6, 0].map((from) => day(from).slice(0, 7))
    expect(pages.map(({ name }) => name)).toEqual([...new Set(months)])
    for (const page of pages) {
      expect(page.hasFrozenHead).toBe(true)
      expect(page.formulas).toBe(0)
      expect(page.rows[0]?.[0]).toContain('数据截至')
      expect(page.rows[1]?.join()).toContain('数量')
    }
    const cells = pages.flatMap(({ rows }) => rows.slice(2))
    const own = cells.find((row) => row.includes('老周'))!
    expect(own).toContain(53)
    expect(own).toContain('=绿源环保')
    expect(own).toContain('***5678')
    const below = cells.map((row) => String(row[0] ?? ''))
    expect(below.some((line) => /^更正 \d+ 数量.*: 35 kg → 53 数字写反/.test(line))).toBe(true)
    expect(below.some((line) => /^共 \d+ 行/.test(line))).toBe(true)

    const lines = csv(text.bytes.toString('utf8'))
    expect(text.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(lines.find((line) => line.includes('老周'))).toContain("'=绿源环保")
    const numbered = (rows: readonly (readonly unknown[])[]) =>
      rows.filter(([first]) => /^\d+( |$)/.test(String(first))).length
    expect(numbered(lines)).toBe(numbered(cells))
    expect(text.bytes.toString('utf8')).not.toContain('13812345678')
  })
})
