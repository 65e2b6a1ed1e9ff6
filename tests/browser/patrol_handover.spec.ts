/** A round goes from one tablet to another and back, between two tablets that have no network. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { call, go, openTablet, toWalk } from '../support/page'
import { scan } from '../support/scanner'
import { PEOPLE, School, type Tablet } from '../support/school'

interface Point {
  id: string
  name: string
  visits: unknown[]
  elsewhere: { told: boolean } | null
}
interface Due {
  route: string
  window: string
  day: string
  from: number
  points: number
  covered: number
}
interface Round {
  id: string
  walk: string | null
  points: Point[]
  coverage: { covered: number }
}

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true } as const

test.describe.configure({ mode: 'serial' })

test.describe('a round on two tablets without a network', () => {
  let school: School
  let tablets: [Tablet, Tablet]
  let first: Page
  let second: Page
  let round: string

  const opened = async (browser: Browser, tablet: Tablet, who: { id: string; pin: string }) => {
    const page = await (await browser.newContext(PHONE)).newPage()
    await openTablet(page, tablet, who)
    return page
  }
  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablets = [await school.tablet('平板 1'), await school.tablet('平板 2')]
    await school.stop()
    first = await opened(browser, tablets[0], PEOPLE.guard)
    second = await opened(browser, tablets[1], PEOPLE.logi)
  })
  test.afterAll(async () => {
    await Promise.all([first, second].map((page) => page?.context().close()))
    await Promise.all((tablets ?? []).map((tablet) => tablet.close()))
  })

  const read = (page: Page, run: string) => call<Round>(page, 'patrol.get', { run })
  const runOn = (page: Page) => page.url().split('/patrol/')[1]!.split('?')[0]!
  /** Opens the code of a round as its walker does, and reads what it says. */
  async function shownBy(page: Page, run: string): Promise<string> {
    await page.locator('.top button.icon').click()
    await page.locator('[data-give]').click()
    await expect(page.getByRole('dialog').locator('img.code')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    return (await call<{ code: string }>(page, 'patrol.invite', { run })).code
  }
  const normalAt = (page: Page, run: string, checkpoint: string) =>
    call(page, 'patrol.visit', { run, checkpoint, how: 'qr', result: 'normal' })

  test('the second one takes it over with what was reached', async () => {
    const { windows } = await call<{ windows: Due[] }>(first, 'patrol.due')
    const { route, window, day } = toWalk(windows, 3)
    round = (await call<{ id: string }>(first, 'patrol.start', { route, window, day })).id
    const { points } = await read(first, round)
    await normalAt(first, round, points[0]!.id)
    await normalAt(first, round, points[1]!.id)
    await go(first, `/patrol/${round}`)
    await first.locator('.runner').waitFor()
    const code = await shownBy(first, round)

    await go(second, '/patrol')
    await second.locator('[data-join]').waitFor()
    await scan(second, code)
    await second.locator(`.runner[data-point="${points[2]!.id}"]`).waitFor()
    const own = await read(second, runOn(second))
    expect(own.id).not.toBe(round)
    expect(own.walk).toBe(round)
    expect(own.points.filter(({ elsewhere }) => elsewhere?.told)).toHaveLength(2)
    expect(own.coverage.covered).toBe(0)
    await expect(second.locator('.strip [data-mark=mate]')).toHaveCount(2)
  })

  test('the first one learns by the same scan what the second one has walked', async () => {
    const own = await read(second, runOn(second))
    const third = own.points[2]!
    await normalAt(second, own.id, third.id)
    const { code } = await call<{ code: string }>(second, 'patrol.invite', { run: own.id })
    await scan(first, code)
    await expect(first.locator('[data-joined]')).toContainText('同事已到 3 点')
    const { points, coverage } = await read(first, round)
    expect(points[2]!.elsewhere?.told).toBe(true)
    expect(coverage.covered).toBe(2)
    await expect(first.locator('.strip [data-mark=mate]')).toHaveCount(1)
  })

  test('counts for both once the server has carried it', async () => {
    await school.start()
    await Promise.all(tablets.map((tablet) => tablet.close()))
    for (const tablet of [tablets[1], tablets[0]]) await tablet.run('sync')
    const { coverage } = await tablets[0].call<Round>('patrol.get', { run: round }, PEOPLE.guard.id)
    expect(coverage.covered).toBe(3)
    await school.stop()
  })
})
