/** A lunch in real browsers: two cooks on two tablets, the office beside them, and what a sample goes through. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import {
  before,
  cardOf,
  countTaps,
  nextLunch,
  tapsOf,
  typeOnPad,
  type Card,
  type Lunch,
} from '../support/meal'
import { call, go, openOffice, openTablet } from '../support/page'
import { scan } from '../support/scanner'
import { PEOPLE, School, type Tablet } from '../support/school'

/** What four dishes may take beside digits and signatures: temperatures, samples, what goes out and what comes back. */
const MOST_TAPS = 14

const DISHES = [
  { name: '米饭', category: '主食' },
  { name: '红烧肉', category: '热菜' },
  { name: '清炒小白菜', category: '热菜' },
  { name: '冬瓜汤', category: '汤' },
] as const

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' } as const
const newPage = async (browser: Browser, options = {}) => (await browser.newContext(options)).newPage()
const stageOf = (card: Card, code: string) => card.stages.find(({ stage }) => stage === code)

test.describe.configure({ mode: 'serial' })

test.describe('a lunch of four dishes', () => {
  let school: School
  let lunch: Lunch
  let tablets: [Tablet, Tablet]
  let cook: Page, other: Page, office: Page
  let classes: string[] = []
  const card = (page = cook) => cardOf(page, lunch)
  const path = () => `/meals/${lunch.date}~${lunch.type}`
  const lunchArgument = () => ({ date: lunch.date, type: lunch.type })

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablets = [await school.tablet('平板 1'), await school.tablet('平板 2')]
    lunch = await nextLunch(tablets[0])
    await school.stop()
    const now = before(lunch, 25)
    await school.start(now)
    await Promise.all(tablets.map((tablet) => tablet.serve(now)))
    ;[cook, other, office] = await Promise.all([newPage(browser, PHONE), newPage(browser), newPage(browser)])
    await openTablet(cook, tablets[0], PEOPLE.cook)
    await openTablet(other, tablets[1], PEOPLE.fso)
    await openOffice(office, school)
  })
  test.afterAll(async () => {
    await Promise.all([cook, other, office].map((page) => page?.context().close()))
    await Promise.all((tablets ?? []).map((tablet) => tablet.close()))
    await school.stop()
  })

  test('is made of the dishes that a cook adds, and says what is missing before service', async () => {
    const meal = lunchArgument()
    for (const dish of DISHES) await call(cook, 'meal.dish', { meal, made_here: true, ...dish })
    await call(cook, 'meal.stage', { meal, stage: 'delivery', reason: '用库存' })
    await go(cook, path())
    await expect(cook.locator('h1')).toHaveText('午餐')
    await expect(cook.locator('[data-service]')).toContainText(/开餐前还差 \d+ 项/)
    await expect(cook.locator('[data-service]')).toContainText('24 分')
    await expect(cook.locator('[data-body=cook]')).toBeVisible()
  })

  /** What was pressed for temperatures, samples, what went out and what came back. */
  const taps: string[] = []

  test('goes from dish to dish and from class to class by itself', async () => {
    await countTaps(cook)
    const names = DISHES.map(({ name }) => name).toSorted()
    const inTurn = async (first: number) => {
      const asked = []
      for (const at of DISHES.keys()) asked.push(await typeOnPad(cook, String(first + at)))
      return asked.toSorted()
    }
    expect(await inTurn(76)).toEqual(names)
    await cook.locator('[data-body=sample]').waitFor()
    expect(await inTurn(128)).toEqual(names)
    await cook.locator('[data-body=issue]').waitFor()
    classes = await cook.locator('[data-class] .name').allTextContents()
    for (const at of classes.keys()) await typeOnPad(cook, String(25 + at))
    await expect.poll(async () => stageOf(await card(), 'issue')?.state).toBe('done')
    taps.push(...(await tapsOf(cook)))
    const { dishes, samples } = await card()
    expect(dishes.map(({ core }) => core)).toEqual(['passed', 'passed', 'passed', 'passed'])
    expect(samples.map(({ grams }) => grams).toSorted()).toEqual(['128', '129', '130', '131'])
    expect(new Set(samples.map(({ box_no }) => box_no)).size).toBe(4)
  })

  test('shows on the other tablet and in the office what was done, while all are online', async () => {
    for (const page of [other, office]) {
      await go(page, path())
      await expect(page.locator('[data-stage=sample]')).toHaveAttribute('data-state', 'done', {
        timeout: 60_000,
      })
      await expect(page.locator('[data-stage=cook]')).toHaveAttribute('data-state', 'done')
    }
    await call(other, 'meal.dish', {
      meal: lunchArgument(),
      name: '小米粥',
      category: '主食',
      made_here: true,
    })
    await expect(cook.locator('[data-stage=sample]')).not.toHaveAttribute('data-state', 'done', {
      timeout: 60_000,
    })
    await expect(office.locator('[data-stage=cook]')).not.toHaveAttribute('data-state', 'done', {
      timeout: 60_000,
    })
    await call(other, 'meal.strike', {
      meal: lunchArgument(),
      dish: (await card(other)).dishes.find(({ name }) => name === '小米粥')?.id,
      reason: '米没到',
    })
    await expect(cook.locator('[data-stage=sample]')).toHaveAttribute('data-state', 'done', {
      timeout: 60_000,
    })
  })
  test('keeps a dish that is not cooked through and what put it right', async () => {
    await call(other, 'meal.dish', { meal: lunchArgument(), name: '玉米', category: '主食', made_here: true })
    await go(other, '/meals')
    await go(other, path())
    await other.locator('[data-stage=cook] h2 .head').waitFor()
    if (!(await other.locator('[data-body=cook]').count()))
      await other.locator('[data-stage=cook] h2 .head').click()
    const row = other.locator('[data-body=cook] [data-dish]').filter({ hasText: '玉米' })
    const pad = other.getByRole('group', { name: '玉米', exact: true })
    await pad.waitFor()
    await other.keyboard.type('65')
    await expect(pad).toContainText('继续加热后复测')
    await pad.locator('[data-go]').click()
    await expect(row).toHaveAttribute('data-core', 'failing')
    await expect(other.locator('[data-problem=core]')).toContainText('玉米')
    // The thermometer types, wherever the focus is, and its Enter presses nothing.
    await pad.waitFor()
    await scan(other, '81.5')
    await expect(pad.locator('[data-number]')).toHaveValue('81.5')
    await pad.locator('[data-go]').click()
    const read = async () => (await card(other)).dishes.find(({ name }) => name === '玉米')
    await expect.poll(async () => (await read())?.core).toBe('passed')
    expect((await read())?.readings.map(({ c }) => c)).toEqual(['65', '81.5'])
    await expect(other.locator('[data-problem=core]')).toHaveCount(0)
    // It is taken off again, and asks the cook for no sample.
    await call(other, 'meal.strike', { meal: lunchArgument(), dish: (await read())?.id, reason: '没煮够' })
    await expect.poll(async () => stageOf(await card(), 'sample')?.state, { timeout: 60_000 }).toBe('done')
  })

  test('shows the label of a sample, which a scanner reads, and says how long it must still be kept', async () => {
    await go(cook, path())
    if (!(await cook.locator('[data-body=sample]').count()))
      await cook.locator('[data-stage=sample] h2 .head').click()
    await cook.locator('[data-label]').first().click()
    await expect(cook.getByRole('dialog').locator('img')).toBeVisible()
    await cook.keyboard.press('Escape')
    await expect(cook.getByRole('dialog')).toHaveCount(0)
    const sample = (await card()).samples[0]!
    await scan(other, sample.label)
    const dialog = other.getByRole('dialog')
    await expect(dialog.locator('[data-clock-state]')).toContainText(/还差 4[78]:\d\d/)
    await dialog.locator('[data-dispose-now]').click()
    await expect(dialog.locator('[data-question]')).toContainText('还没有满时限')
    await dialog.getByRole('button', { name: '没有销，放回去' }).click()
    await expect(dialog).toHaveCount(0)
    expect((await card(other)).clocks.find((clock) => clock.sample === sample.id)?.state).toBe('waiting')
  })

  test('has taken at most 14 taps beside digits and signatures once what came back is written', async () => {
    await school.stop()
    await tablets[0].close()
    await tablets[0].serve(before(lunch, -40))
    await openTablet(cook, tablets[0], PEOPLE.cook)
    await go(cook, path())
    await cook.locator('[data-body=leftover]').waitFor()
    await countTaps(cook)
    for (let at = 0; at < classes.length; at += 1) await typeOnPad(cook, '2')
    await expect.poll(async () => stageOf(await card(), 'leftover')?.state).toBe('done')
    taps.push(...(await tapsOf(cook)))
    console.log(`${taps.length} taps for four dishes and ${classes.length} classes: ${taps.join(', ')}`)
    expect(taps.length).toBeLessThanOrEqual(MOST_TAPS)
  })

  test('lets a sample go when its 48 hours are over, and keeps it as a finding when it goes before', async () => {
    const samples = (await card(other)).samples
    await scan(other, samples[1]!.label)
    const dialog = other.getByRole('dialog')
    await dialog.locator('[data-dispose-now]').click()
    await dialog.locator('[data-sure]').click()
    await expect(dialog).toHaveCount(0)
    await expect
      .poll(async () => (await card(other)).clocks.find(({ sample }) => sample === samples[1]!.id)?.state)
      .toBe('early')
    await expect(other.locator('[data-problem=early]')).toBeVisible()
    // Two days later, on the tablet on which it was taken.
    await tablets[0].close()
    await tablets[0].serve(before(lunch, -49 * 60))
    await openTablet(cook, tablets[0], PEOPLE.cook)
    await go(cook, '/meals')
    await cook.locator('[data-clock]').first().waitFor()
    const all = cook.getByRole('button', { name: /^全部/ })
    if (await all.count()) await all.click()
    const row = cook.locator(`[data-clock="${samples[0]!.id}"]`)
    await expect(row).toHaveAttribute('data-state', 'ready')
    await row.locator('[data-dispose]').click()
    await cook.getByRole('dialog').locator('[data-dispose-now]').click()
    await expect(cook.getByRole('dialog')).toHaveCount(0)
    await expect(row).toHaveCount(0)
    const { state } = await call<{ state: string }>(cook, 'meal.scan', { code: samples[0]!.label })
    expect(state).toBe('disposed')
  })
})
