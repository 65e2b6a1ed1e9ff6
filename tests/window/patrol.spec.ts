/**
 * A kindergarten's rounds from the morning to the next one in the real window, without a network: a scanner that types, the program
 * killed on the way, signatures. The program is told what time it is, so it is the same at any hour.
 */
import { expect, test } from '@playwright/test'
import { PEOPLE, School, type Tablet } from '../support/school'
import { TestWindow, WAIT } from '../support/window'

interface Due {
  route: string
  window: string
  day: string
  from: number
  points: number
  covered: number
  state: string
}
interface Round {
  id: string
  day: string
  stage: string
  points: { id: string; name: string; visits: { how: string; by: { name: string } | null }[] }[]
  coverage: { points: number; covered: number; missed: number; late: number }
  signs: { nil: boolean; points: number }[]
}
interface Tag {
  checkpoint: string
  spellings: string[]
  old: object | null
}

const dayAfter = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + days * 86_400_000)
/** Tomorrow: what the demo tells lies before it. */
const [DAY, NEXT] = [dayAfter(1), dayAfter(2)]
const STROKES = [
  [
    [100, 500],
    [400, 300],
    [800, 600],
  ],
]
/** A little after something has begun. */
const soonAfter = (ms: number) => new Date(ms + 3 * 60_000).toISOString()

test.describe.configure({ mode: 'serial' })

test.describe('a day and a night in the window', () => {
  let school: School
  let tablet: Tablet
  let window: TestWindow
  let run: string
  let tags: Map<string, string>
  /** The windows of the route by day, and those of the night, in their order. */
  let byDay: Due[]
  let byNight: Due[]

  /** Runs a command as the guard, at a time. */
  const at = <T>(time: string, name: string, args: unknown): Promise<T> =>
    tablet.run<T>('--now', time, '--as', PEOPLE.guard.id, 'call', name, JSON.stringify(args))
  const due = async (day: string, time: string) =>
    (await at<{ windows: Due[] }>(time, 'patrol.due', { day })).windows
  const read = () => tablet.call<Round>('patrol.get', { run }, PEOPLE.guard.id)
  /** Opens the window at a time, with whoever was at work there a moment ago. */
  async function open(time: string) {
    window = await TestWindow.open(tablet.store, time)
    await window.find('h1')
  }
  /** Opens the rounds of the day. */
  async function openRounds(time: string) {
    await open(time)
    await window.go('/patrol')
  }
  /** Begins what is due, or goes on with it: by the button of its row. */
  async function enter(row: Due) {
    await window.tap(await window.find(`[data-window="${row.window}"] :is(button, a)`))
    await window.find('.runner')
    run = /patrol\/([0-9a-f-]{36})/.exec(await window.driver.getCurrentUrl())![1]!
  }
  /** Types the tag of a point as a scanner does, and says that all is well there. */
  async function walk({ id }: { id: string }) {
    await window.find('.runner')
    await window.driver.executeScript(
      `for (const key of [...arguments[0], 'Enter'])
         document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))`,
      tags.get(id),
    )
    await window.find(`.runner[data-point="${id}"] .bar[data-stage="there"][data-calm="true"]`)
    await window.tap(await window.find('.bar .main'))
    await window.find('.runner[data-saved="true"]')
  }
  async function signAndEnd() {
    await window.tap(await window.find('.bar[data-stage="end"][data-calm="true"] .main'))
    await window.sign()
    await window.tap(await window.button('签字并结束'))
    await expect.poll(async () => (await read()).stage, { timeout: WAIT }).toBe('finished')
  }
  /** What hangs at the points of a route. */
  async function tagsOf(route: string): Promise<Map<string, string>> {
    const listed = await tablet.call<{ tags: Tag[] }>('tag.list', { route }, PEOPLE.logi.id)
    return new Map(
      listed.tags.filter(({ old }) => old === null).map((tag) => [tag.checkpoint, tag.spellings[0]!]),
    )
  }

  test.beforeAll(async () => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    await school.stop()
    const { routes } = await tablet.call<{ routes: { id: string; night: boolean }[] }>(
      'route.list',
      {},
      PEOPLE.guard.id,
    )
    const nights = new Set(routes.filter(({ night }) => night).map(({ id }) => id))
    const windows = (await due(DAY, `${DAY}T06:35:00+08:00`)).filter((row) => row.day === DAY)
    byDay = windows.filter(({ route }) => !nights.has(route))
    byNight = windows.filter(({ route }) => nights.has(route))
  })
  test.afterAll(async () => {
    await window?.close()
    await school?.stop()
  })

  test('the first round of the day is walked with a scanner, and signed', async () => {
    expect(byDay.length).toBeGreaterThan(1)
    expect(byNight.length).toBe(2)
    tags = await tagsOf(byDay[0]!.route)
    await open(soonAfter(byDay[0]!.from))
    await window.takeOver(PEOPLE.guard)
    await window.go('/patrol')
    await enter(byDay[0]!)
    for (const point of (await read()).points) await walk(point)
    await signAndEnd()
    const { coverage, signs, points } = await read()
    expect(points.map(({ visits }) => visits[0]?.how)).toEqual(points.map(() => 'wedge'))
    expect(coverage).toMatchObject({ points: points.length, covered: points.length, missed: 0, late: 0 })
    expect(signs.map(({ nil, points }) => [nil, points])).toEqual([[true, points.length]])
    await window.close()
  })

  test('the other rounds of the day are there in the evening, and the night is due', async () => {
    for (const { route, window, from } of byDay.slice(1)) {
      const time = soonAfter(from)
      const { id } = await at<{ id: string }>(time, 'patrol.start', { route, window, day: DAY })
      const { points } = await at<Round>(time, 'patrol.get', { run: id })
      for (const { id: checkpoint } of points) {
        const tag = tags.get(checkpoint)
        await at(time, 'patrol.visit', { run: id, tag, how: 'nfc', result: 'normal' })
      }
      await at(time, 'patrol.finish', { run: id, signature: STROKES })
    }
    await openRounds(`${DAY}T22:05:00+08:00`)
    for (const row of byDay) await window.find(`[data-window="${row.window}"][data-state="done"]`)
    const first = await window.find(`[data-window="${byNight[0]!.window}"]`)
    expect(await first.getText()).toContain('该巡了')
  })

  test('the program is killed on the way, and the round goes on where it was', async () => {
    tags = await tagsOf(byNight[0]!.route)
    await enter(byNight[0]!)
    const { points } = await read()
    for (const point of points.slice(0, 3)) await walk(point)
    await window.kill()
    await openRounds(`${DAY}T22:25:00+08:00`)
    await enter(byNight[0]!)
    await window.find(`.runner[data-point="${points[3]!.id}"]`)
    expect((await read()).points.map(({ visits }) => visits.length)).toEqual(
      points.map((_, n) => (n < 3 ? 1 : 0)),
    )
    for (const point of points.slice(3)) await walk(point)
    await signAndEnd()
    await window.close()
  })

  test('the round after midnight counts for the evening, and in the morning nothing is missing', async () => {
    await openRounds(`${NEXT}T00:10:00+08:00`)
    await enter(byNight[1]!)
    for (const point of (await read()).points) await walk(point)
    await signAndEnd()
    expect((await read()).day).toBe(DAY)
    const windows = (await due(DAY, `${NEXT}T06:00:00+08:00`)).filter((row) => row.day === DAY)
    expect(windows.map(({ points, covered, state }) => [points === covered, state])).toEqual(
      [...byDay, ...byNight].map(() => [true, 'done']),
    )
  })
})
