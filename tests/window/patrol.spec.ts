/** A round in the real window, without a network: a scanner that types, the window closed on the way, and a signature. */
import { expect, test } from '@playwright/test'
import { PEOPLE, School, type Tablet } from '../support/school'
import { TestWindow, WAIT } from '../support/window'

interface Round {
  stage: string
  route: string
  points: { id: string; visits: { how: string }[] }[]
  coverage: { points: number; covered: number; missed: number }
  signs: { nil: boolean; points: number }[]
}

test.describe.configure({ mode: 'serial' })

test.describe('a round in the window', () => {
  let school: School
  let tablet: Tablet
  let window: TestWindow
  let run: string
  let tags: Map<string, string>

  const read = () => tablet.call<Round>('patrol.get', { run }, PEOPLE.guard.id)
  /** Types the tag of a point as a scanner does, and says that all is well there. */
  async function walk(point: string) {
    await window.find('.runner')
    await window.driver.executeScript(
      `for (const key of [...arguments[0], 'Enter'])
         document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))`,
      tags.get(point),
    )
    await window.find(`.runner[data-point="${point}"] .bar[data-stage="there"][data-calm="true"]`)
    await window.tap(await window.find('.bar .main'))
    const stored = async () => (await read()).points.find(({ id }) => id === point)?.visits.length
    await expect.poll(stored, { timeout: WAIT }).toBe(1)
  }

  test.beforeAll(async () => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    await school.stop()
    // A round of the night may be begun at any hour: too early, or late.
    const by = PEOPLE.guard.id
    const { routes } = await tablet.call<{ routes: { id: string; night: boolean }[] }>('route.list', {}, by)
    const route = routes.find(({ night }) => night)!.id
    const { windows } = await tablet.call<{ windows: { route: string; window: string; day: string }[] }>(
      'patrol.due',
      {},
      by,
    )
    const { window: named, day } = windows.findLast((row) => row.route === route)!
    run = (await tablet.call<{ id: string }>('patrol.start', { route, window: named, day }, by)).id
    const listed = await tablet.call<{
      tags: { checkpoint: string; spellings: string[]; old: object | null }[]
    }>('tag.list', { route }, PEOPLE.logi.id)
    tags = new Map(
      listed.tags.filter(({ old }) => old === null).map((tag) => [tag.checkpoint, tag.spellings[0]!]),
    )
    window = await TestWindow.open(tablet.store)
    await window.takeOver(PEOPLE.guard)
  })
  test.afterAll(async () => {
    await window?.close()
    await school?.stop()
  })

  test('three points are walked by a scanner', async () => {
    await window.go(`/patrol/${run}`)
    for (const { id } of (await read()).points.slice(0, 3)) await walk(id)
    expect((await read()).points[0]!.visits[0]!.how).toBe('wedge')
  })

  test('the window is closed and opened again, and the round goes on where it was', async () => {
    await window.close()
    window = await TestWindow.open(tablet.store)
    await window.find('h1')
    await window.go(`/patrol/${run}`)
    const points = (await read()).points
    await window.find(`.runner[data-point="${points[3]!.id}"]`)
    for (const { id } of points.slice(3)) await walk(id)
  })

  test('it ends with a signature under what was walked', async () => {
    await window.tap(await window.find('.bar[data-stage="end"][data-calm="true"] .main'))
    await window.sign()
    await window.tap(await window.button('签字并结束'))
    await expect.poll(async () => (await read()).stage, { timeout: WAIT }).toBe('finished')
    const { coverage, signs, points } = await read()
    expect(coverage).toMatchObject({ points: points.length, covered: points.length, missed: 0 })
    expect(signs.map(({ nil, points }) => [nil, points])).toEqual([[true, points.length]])
  })
})
