/** A guard walks a round: with a scanner, with one hand, in the dark, and without a network. */
import { expect, test, type Page } from '@playwright/test'
import { sign } from '../support/hand'
import { call, go, openTablet, toWalk } from '../support/page'
import { scan } from '../support/scanner'
import { PEOPLE, School, type Tablet } from '../support/school'

/** What a guard may need beyond one tap a point, where one is wrong: 22 taps for 16 points, 21 for the 15 of most windows. */
const MORE_TAPS = 6

interface Point {
  id: string
  seq: number
  name: string
  must: boolean
  visits: { id: string; result: string; how: string; reason: string | null }[]
  arrival: object | null
}
interface Round {
  id: string
  stage: string
  points: Point[]
  coverage: { points: number; covered: number; abnormal: number; missed: number }
  signs: { nil: boolean; points: number }[]
}
interface Due {
  route: string
  window: string | null
  day: string
  from: number
  points: number
  covered: number
}
interface Tag {
  checkpoint: string
  spellings: string[]
  old: object | null
}

test.describe.configure({ mode: 'serial' })

test.describe('a round of the demo', () => {
  let school: School
  let tablet: Tablet
  let page: Page
  let round: Round
  let tags: Map<string, string>

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    await school.stop()
    page = await (
      await browser.newContext({
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        colorScheme: 'dark',
        permissions: ['camera'],
      })
    ).newPage()
    await openTablet(page, tablet, PEOPLE.guard)
    await page.evaluate(() => {
      const counted = window as unknown as { taps: number }
      counted.taps = 0
      addEventListener('pointerdown', () => (counted.taps += 1), { capture: true })
    })
  })
  test.afterAll(async () => {
    await page?.context().close()
    await tablet?.close()
  })

  const read = async () => (round = await call<Round>(page, 'patrol.get', { run: round.id }))
  /** What hangs at each point of a route. */
  async function tagsOf(route: string): Promise<Map<string, string>> {
    const { tags } = await call<{ tags: Tag[] }>(page, 'tag.list', { route })
    const used = tags.filter(({ old, spellings }) => old === null && spellings.length > 0)
    return new Map(used.map(({ checkpoint, spellings }) => [checkpoint, spellings[0]!]))
  }
  const bar = () => page.locator('.bar')
  /** Presses one of the two large buttons, as soon as what stands there has come to rest. */
  const press = async (which: 'main' | 'side', stage: string) => {
    await page.locator(`.bar[data-stage="${stage}"][data-calm="true"]`).waitFor()
    await bar().locator(`.${which}`).click()
  }
  /** Reads the tag of a point, and waits until the screen shows that somebody stands there. */
  const readTag = async (point: Point) => {
    await scan(page, tags.get(point.id)!)
    await page.locator(`.runner[data-point="${point.id}"] .bar[data-stage="there"]`).waitFor()
  }
  /** Waits until the tap at a point is stored. */
  const stored = (point: Point, visits = 1) =>
    expect
      .poll(async () => (await read()).points.find(({ id }) => id === point.id)?.visits.length)
      .toBe(visits)
  const taps = () => page.evaluate(() => (window as unknown as { taps: number }).taps)

  test('begins where the list of the day says, on a screen without anything but the next point', async () => {
    await go(page, '/patrol')
    const { windows } = await call<{ windows: Due[] }>(page, 'patrol.due')
    const { route, window, day } = toWalk(windows, 15)
    const { id } = await call<{ id: string }>(page, 'patrol.start', { route, window, day })
    round = await call<Round>(page, 'patrol.get', { run: id })
    tags = await tagsOf(route)
    await go(page, `/patrol/${id}`)
    await expect(page.locator('h1')).toHaveText(round.points[0]!.name)
    await expect(bar()).toHaveAttribute('data-stage', 'toward')
  })

  test('takes one tap a point and six for one that is wrong and the signature: 22 for 16 points', async () => {
    await page.evaluate(() => ((window as unknown as { taps: number }).taps = 0))
    const wrong = round.points[6]!
    for (const point of round.points) {
      await readTag(point)
      if (point.id === wrong.id) {
        await press('side', 'there')
        const form = page.locator(`[data-point-form="${point.id}"]`)
        await form.locator('button[data-photo]').filter({ hasText: '拍下' }).first().click()
        await expect(form.locator('.first .tiles img')).toHaveCount(1)
        await form.getByRole('radio', { name: '不合格', exact: true }).first().click()
        await form.locator('.failed').first().waitFor()
        await form.locator('.key.fail').click()
        await form.waitFor({ state: 'detached' })
      } else await press('main', 'there')
    }
    await press('main', 'end')
    await page.locator('[data-nil]').waitFor()
    await sign(page)
    await page.getByRole('button', { name: '签字并结束' }).click()
    await expect.poll(async () => (await read()).stage).toBe('finished')
    const count = await taps()
    console.log(`${count} taps for ${round.points.length} points`)
    expect(count).toBeGreaterThan(round.points.length)
    expect(count).toBeLessThanOrEqual(round.points.length + MORE_TAPS)
    expect(round.coverage).toMatchObject({ covered: round.points.length, abnormal: 1, missed: 0 })
    expect(round.signs.map(({ nil }) => nil)).toEqual([false])
    const { findings } = await call<{ findings: { description: string }[] }>(page, 'finding.list', {
      state: 'open',
    })
    expect(findings.length).toBeGreaterThan(0)
  })

  test('reads as a thread afterwards, with its times and its photo', async () => {
    await go(page, `/patrol/${round.id}`)
    await expect(page.locator('[data-step=visit]')).toHaveCount(round.points.length)
    await expect(page.locator('[data-count=covered]')).toContainText(
      `${round.points.length}/${round.points.length}`,
    )
    await expect(page.locator('[data-step] .strip img').first()).toBeVisible()
    await expect(page.locator('.signs .drawing')).toHaveCount(1)
  })

  test('by hand, out of order, with a tag that nobody knows, and over a reload nothing is lost', async () => {
    const { windows } = await call<{ windows: Due[] }>(page, 'patrol.due')
    // A short one that nobody has walked, at whatever hour.
    const { route, window, day } = toWalk(
      windows.filter(({ points }) => points < 15),
      1,
    )
    const { id } = await call<{ id: string }>(page, 'patrol.start', { route, window, day })
    round = await call<Round>(page, 'patrol.get', { run: id })
    tags = await tagsOf(route)
    await go(page, `/patrol/${id}`)
    const [first, second, third] = round.points as [Point, Point, Point]
    await page.locator(`.runner[data-point="${first.id}"]`).waitFor()

    await press('side', 'toward')
    await page.locator('[data-hand=true]').getByText('标签脱落').click()
    await page.reload()
    await page.locator(`.runner[data-point="${first.id}"] .bar[data-stage="there"]`).waitFor()
    await expect(page.locator('[data-hand=true] [aria-pressed=true]')).toHaveText('标签脱落')
    await press('main', 'there')
    await stored(first)
    expect(round.points[0]!.visits[0]).toMatchObject({ how: 'hand', reason: '标签脱落', result: 'normal' })

    await scan(page, 'RPZZZZZZZZZZ')
    await expect(page.locator('[data-stray]')).toContainText('不认识')
    await readTag(third)
    await expect(page.locator('[data-came]')).toContainText('跳着走的')
    await press('main', 'there')
    await stored(third)
    await page.locator('[data-undo]').click()
    await stored(third, 0)
    await press('main', 'there')
    await stored(third)
    await expect(page.locator('h1')).not.toHaveText(second.name)
  })

  test('can be walked with the keyboard alone', async () => {
    const next = round.points.find(({ visits }) => visits.length === 0)!
    await readTag(next)
    await page.locator('.bar[data-calm="true"]').waitFor()
    for (let stops = 0; stops < 80; stops += 1) {
      if (
        await bar()
          .locator('.main')
          .evaluate((button) => button === document.activeElement)
      )
        break
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await stored(next)
  })
})
