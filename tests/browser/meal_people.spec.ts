/** Two people at one card on one tablet: what each has begun on the pad, the box and the checks is theirs, and stays. */
import { expect, test, type Page } from '@playwright/test'
import { everything, switchTo } from '../support/hand'
import { before, cardOf, nextLunch, type Lunch } from '../support/meal'
import { call, go, openTablet } from '../support/page'
import { PEOPLE, School, type Tablet } from '../support/school'

const COOK = PEOPLE.cook
const FSO = PEOPLE.fso
/** What each of them types; nothing else of the demo says these. */
const [TEMPERATURE, GRAMS, BOX, BODY] = ['83.7', '186', 'ZZ-41', '36.35'] as const

let school: School
let tablet: Tablet
let lunch: Lunch
let page: Page
const path = () => `/meals/${lunch.date}~${lunch.type}`

/** Opens a stage by hand where it is not open. */
async function openStage(code: string): Promise<void> {
  await go(page, path())
  const head = page.locator(`[data-stage=${code}] h2 .head`)
  await head.waitFor()
  if (!(await page.locator(`[data-body=${code}]`).count())) await head.click()
  await page.locator(`[data-body=${code}]`).waitFor()
}
const number = () => page.locator('[data-pad] [data-number]')
const pad = (name: string) => page.getByRole('group', { name, exact: true })
/** Waits until the store has what was begun, under the name of who works. */
const isKept = (text: string) =>
  expect
    .poll(async () =>
      JSON.stringify(await call(page, 'draft.get', { form: `meal.card/${lunch.date}~${lunch.type}` })),
    )
    .toContain(text)
/** Nobody is at work any more, as after a while without a touch, and the page is loaded again. */
async function lockAndReload(): Promise<void> {
  await call(page, 'person.switch', { person: null })
  await page.reload()
  await page.getByRole('button', { name: COOK.name }).waitFor()
}

test.describe.configure({ mode: 'serial' })

test.beforeAll(async ({ browser }) => {
  school = await School.make({ demo: true })
  await school.start()
  tablet = await school.tablet('平板 1')
  lunch = await nextLunch(tablet)
  await school.stop()
  await tablet.serve(before(lunch, 25))
  page = await (await browser.newContext()).newPage()
  await openTablet(page, tablet, COOK)
  const meal = { date: lunch.date, type: lunch.type }
  await call(page, 'meal.dish', { meal, name: '红烧肉', category: '热菜', made_here: true })
})
test.afterAll(async () => {
  await page?.context().close()
  await tablet.close()
})

test('a temperature that a cook has typed and not stored is shown to nobody else', async () => {
  await openStage('cook')
  await pad('红烧肉').waitFor()
  await page.keyboard.type(TEMPERATURE)
  await isKept(TEMPERATURE)
  await switchTo(page, FSO, path())
  await openStage('cook')
  await expect(number()).toHaveValue('')
  expect(await everything(page)).not.toContain(TEMPERATURE)
})

test('a check that somebody else has begun on the same card stays theirs over a lock and a reload', async () => {
  await openStage('check')
  await page.locator(`[data-person="${COOK.id}"]`).click()
  await pad(COOK.name).waitFor()
  await page.keyboard.type(BODY)
  await page.locator('[data-unwell]').click()
  await page.locator('[data-symptom=throat]').click()
  await isKept(BODY)
  await isKept('throat')
  await lockAndReload()
  expect(await everything(page)).not.toMatch(new RegExp(`${TEMPERATURE}|${BODY}`))
})

test('the cook finds the temperature again, stores it, and goes on to a sample', async () => {
  await switchTo(page, COOK, path())
  await openStage('cook')
  await expect(pad('红烧肉').locator('[data-number]')).toHaveValue(TEMPERATURE)
  await pad('红烧肉').locator('[data-go]').click()
  await expect
    .poll(async () => (await cardOf(page, lunch)).dishes.map(({ readings }) => readings.map(({ c }) => c)))
    .toContainEqual([TEMPERATURE])
  await openStage('sample')
  await pad('红烧肉').waitFor()
  await page.keyboard.type(GRAMS)
  const other = page.locator('[data-other-box]')
  if (await other.count()) await other.click()
  await page.locator('[data-box] input').fill(BOX)
  await isKept(BOX)
})

test('what the cook has stored is seen by others, and what she has begun is not', async () => {
  await switchTo(page, FSO, path())
  await openStage('cook')
  await expect(page.locator('[data-body=cook]')).toContainText(TEMPERATURE)
  await openStage('sample')
  await expect(number()).toHaveValue('')
  expect(await everything(page)).not.toMatch(new RegExp(`${GRAMS}|${BOX}`))
  await openStage('check')
  await page.locator(`[data-person="${COOK.id}"]`).click()
  await expect(pad(COOK.name).locator('[data-number]')).toHaveValue(BODY)
  await expect(page.locator('[data-symptom=throat]')).toHaveAttribute('aria-pressed', 'true')
})

test('the grams and the box outlive the end of the program, and are stored by who typed them', async () => {
  await switchTo(page, COOK, path())
  await tablet.close('SIGKILL')
  const next = await page.context().newPage()
  await page.close()
  page = next
  await page.goto(await tablet.serve(before(lunch, 24)))
  await page.locator('h1').first().waitFor()
  if (await page.getByRole('heading', { name: '现在是谁在用' }).count()) await switchTo(page, COOK, path())
  await openStage('sample')
  await expect(pad('红烧肉').locator('[data-number]')).toHaveValue(GRAMS)
  await expect(page.locator('[data-box]')).toContainText(BOX)
  await pad('红烧肉').locator('[data-go]').click()
  await expect
    .poll(async () => (await cardOf(page, lunch)).samples.map(({ grams, box_no }) => [grams, box_no]))
    .toEqual([[GRAMS, BOX]])
  await expect
    .poll(async () =>
      JSON.stringify(await call(page, 'draft.get', { form: `meal.card/${lunch.date}~${lunch.type}` })),
    )
    .not.toContain(BOX)
})
