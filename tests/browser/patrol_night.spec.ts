/**
 * A part of the night in the browser, without a network: a round is begun, the tablet dies and is started again, a colleague takes it
 * over, and the round after midnight counts for the evening. The program is told what time it is, so it is the same at any hour.
 */
import { expect, test, type Page } from '@playwright/test'
import { sign, switchTo } from '../support/hand'
import { call, go, openTablet } from '../support/page'
import { scan } from '../support/scanner'
import { PEOPLE, School, type Tablet } from '../support/school'

interface Round {
  id: string
  stage: string
  window_name: string
  points: { id: string; name: string; visits: { by: { name: string } | null; late: boolean }[] }[]
  coverage: { points: number; covered: number; missed: number; late: number }
  signs: { by: { name: string }; nil: boolean; points: number }[]
}
interface Tag {
  checkpoint: string
  spellings: string[]
  old: object | null
}

const dayAfter = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + days * 86_400_000)
/** Tomorrow's night: what the demo tells lies before it. */
const EVENING = dayAfter(1)
const NEXT = dayAfter(2)

test.describe.configure({ mode: 'serial' })

test.describe('a night with a tablet that dies', () => {
  let school: School
  let tablet: Tablet
  let page: Page
  let run: string
  let tags: Map<string, string>

  const row = (name: string) => page.locator('[data-window]').filter({ hasText: name })
  const read = () => call<Round>(page, 'patrol.get', { run })
  /** Starts the program at a time of that night. */
  async function open(time: string, who: { id: string; pin: string }) {
    await tablet.serve(`${time}:00+08:00`)
    await openTablet(page, tablet, who)
    await go(page, '/patrol')
  }
  /** The run that the page has gone to. */
  async function begun(): Promise<Round> {
    await page.locator('.runner').waitFor()
    run = /patrol\/([0-9a-f-]{36})/.exec(page.url())![1]!
    return read()
  }
  /** Reads the tag of a point, and says that all is well there. */
  async function walk(point: { id: string }) {
    await scan(page, tags.get(point.id)!)
    await page
      .locator(`.runner[data-point="${point.id}"] .bar[data-stage="there"][data-calm="true"]`)
      .waitFor()
    await page.locator('.bar .main').click()
    const stored = async () => (await read()).points.find(({ id }) => id === point.id)?.visits.length
    await expect.poll(stored).toBe(1)
  }

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    await school.stop()
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' as const }
    page = await (await browser.newContext(phone)).newPage()
  })
  test.afterAll(async () => {
    await page?.context().close()
    await tablet?.close()
  })

  test('a kindergarten where nobody sleeps is asked for two rounds, and the first is due at ten', async () => {
    await open(`${EVENING}T22:05`, PEOPLE.guard)
    await expect(row('夜巡')).toHaveCount(2)
    await expect(row('夜巡二')).toContainText('未到时间')
    await row('夜巡一').getByRole('button', { name: '开始' }).click()
    const { points } = await begun()
    const { route } = await call<{ route: string }>(page, 'patrol.get', { run })
    const { tags: all } = await call<{ tags: Tag[] }>(page, 'tag.list', { route })
    tags = new Map(all.filter(({ old }) => old === null).map((tag) => [tag.checkpoint, tag.spellings[0]!]))
    for (const point of points.slice(0, 3)) await walk(point)
  })

  test('what was walked is there when the tablet is started again, and the round is offered', async () => {
    await tablet.close('SIGKILL')
    await open(`${EVENING}T22:25`, PEOPLE.guard)
    await expect(row('夜巡一')).toContainText('3/6')
    await expect(row('夜巡一')).toContainText(new RegExp(`${PEOPLE.guard.name} 22:\\d\\d 开始`))
    await row('夜巡一').getByRole('link', { name: '继续' }).click()
    const { points } = await begun()
    await expect(page.locator('h1')).toHaveText(points[3]!.name)
    expect(points.map(({ visits }) => visits.length)).toEqual([1, 1, 1, 0, 0, 0])
  })

  test('a colleague takes the tablet over, and each has walked and signs for a part', async () => {
    await switchTo(page, PEOPLE.fixer, '/patrol')
    await row('夜巡一').getByRole('link', { name: '继续' }).click()
    const { points } = await begun()
    for (const point of points.slice(3)) await walk(point)
    await page.locator('.bar[data-stage="end"][data-calm="true"] .main').click()
    await expect(page.locator('[data-nil]')).toHaveText(`${PEOPLE.fixer.name}：3 点，未发现问题`)
    await sign(page)
    await page.getByRole('button', { name: '签字并结束' }).click()
    await expect.poll(async () => (await read()).stage).toBe('finished')
    const round = await read()
    expect(round.coverage).toMatchObject({ points: 6, covered: 6, missed: 0 })
    expect(round.signs.map(({ by, nil, points }) => [by.name, nil, points])).toEqual([
      [PEOPLE.fixer.name, true, 3],
    ])
    const walkers = round.points.map(({ visits }) => visits[0]?.by?.name)
    expect(walkers).toEqual([...Array(3).fill(PEOPLE.guard.name), ...Array(3).fill(PEOPLE.fixer.name)])
  })

  test('the round after midnight counts for the evening, and both rounds stand in one list', async () => {
    await tablet.close()
    await open(`${NEXT}T00:10`, PEOPLE.fixer)
    await expect(row('夜巡一').first()).toContainText('6/6')
    await row('夜巡二').first().getByRole('button', { name: '开始' }).click()
    const { points } = await begun()
    const { day } = await call<{ day: string }>(page, 'patrol.get', { run })
    expect(day).toBe(EVENING)
    await walk(points[0]!)
    expect((await read()).coverage).toMatchObject({ covered: 1, late: 0 })
  })
})
