/** A hurried hour at one tablet that two people use: whatever happens, nothing typed is lost, and nobody reads another's words. */
import { test, type Page } from '@playwright/test'
import { Hurried, random, type Place, type World } from '../support/hurried'
import { call, go, openTablet } from '../support/page'
import { OPEN_CHECK, PEOPLE, School, type Tablet } from '../support/school'

const SEEDS = Number(process.env['ROUNDS_HURRIED'] ?? 20)
const FIRST = Number(process.env['ROUNDS_SEED'] ?? 1)
/** How much each seed does; the first letters of a fault show in a few acts, so many short hours find more than one long. */
const ACTS = 14
const PEOPLE_HERE = [PEOPLE.fso, PEOPLE.cook]

let school: School
let tablet: Tablet
let page: Page
let places: Place[]

test.describe.configure({ mode: 'serial', timeout: 60_000 + SEEDS * 30_000 })

test.beforeAll(async ({ browser }) => {
  school = await School.make({ demo: true })
  await school.start()
  tablet = await school.tablet('平板 1')
  await school.stop()
  page = await (await browser.newContext({ permissions: ['camera'] })).newPage()
  await openTablet(page, tablet, PEOPLE.fso)
  const { id } = await call<{ id: string }>(page, 'inspection.start', { template: 'T01@1', mode: 'joint' })
  places = [
    { name: 'report', path: '/findings/new', label: '哪里不对' },
    { name: 'reason', path: `/inspections/${id}/submit`, label: '为什么没填完就提交' },
    { name: 'reason of another', path: `/inspections/${OPEN_CHECK}/submit`, label: '为什么没填完就提交' },
    { name: 'step', path: await stepSheet(page), label: /说明/ },
    { name: 'note', path: `/inspections/${id}?item=T01.06`, label: /四隔离.*哪里不合格/, isShared: true },
  ]
  await call(page, 'person.switch', { person: PEOPLE.cook.id, pin: PEOPLE.cook.pin })
  for (const form of [id, OPEN_CHECK]) await call(page, 'inspection.join', { id: form, template: 'T01@1' })
  await call(page, 'inspection.answer', { id, item: 'T01.06', result: 'fail' })
})
test.afterAll(() => tablet.close())

/** The sheet of a step that both may take, with words to say. */
async function stepSheet(page: Page): Promise<string> {
  const { findings } = await call<{ findings: { id: string }[] }>(page, 'finding.list', { state: 'open' })
  for (const { id } of findings) {
    const offered = new Set<string>()
    for (const who of PEOPLE_HERE) {
      await call(page, 'person.switch', { person: who.id, pin: who.pin })
      const finding = await call<{ next_steps: { code: string; note: string }[] }>(page, 'finding.get', {
        id,
      })
      const steps = finding.next_steps.filter(({ note }) => note !== 'none').map(({ code }) => code)
      const both = steps.find((code) => offered.has(code))
      if (both) return `/findings/${id}?unfinished=${encodeURIComponent(`finding.step/${both}`)}`
      steps.forEach((code) => offered.add(code))
    }
  }
  throw new Error('the demo has no finding with a step that both may take')
}

const world: World = {
  get page() {
    return page
  },
  async killProgram() {
    await tablet.close('SIGKILL')
    const next = await page.context().newPage()
    await page.close()
    page = next
    await page.goto(await tablet.serve())
    await page.locator('h1').first().waitFor()
  },
  async killPage() {
    const address = new URL('/', page.url()).href
    const next = await page.context().newPage()
    await page.close({ runBeforeUnload: false })
    page = next
    await page.goto(address)
    await page.locator('h1').first().waitFor()
  },
}

/** Everybody starts with nothing begun, and the note of all is empty. */
async function cleared(): Promise<void> {
  // A field that still holds the words of the last hour would keep them again on its way out.
  await go(page, '/today')
  for (const who of [...PEOPLE_HERE].reverse()) {
    await call(page, 'person.switch', { person: who.id, pin: who.pin })
    const { drafts } = await call<{ drafts: { form: string; record?: string }[] }>(page, 'draft.list')
    for (const { form, record } of drafts) await call(page, 'draft.discard', { form, record })
  }
  const id = places[1]!.path.split('/')[2]!
  await call(page, 'inspection.note', { id, item: 'T01.06', note: '' })
  await page.reload()
  await page.locator('h1').first().waitFor()
}

test(`${SEEDS} hurried people lose nothing that they typed, and read nobody else's words`, async () => {
  for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
    await test.step(`seed ${seed}`, async () => {
      await cleared()
      const hurried = new Hurried(world, PEOPLE_HERE, places, random(seed), seed)
      await hurried.begin()
      for (let act = 0; act < ACTS; act += 1) await hurried.act()
    })
  }
})
