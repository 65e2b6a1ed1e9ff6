/** A kindergarten's day at its doors: two classes and a gate on tablets of their own, a kitchen that reads numbers, and what alarms. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { countTaps, tapsOf } from '../support/meal'
import { call, go, openTablet } from '../support/page'
import { print } from '../support/paper'
import { PEOPLE, School, type Tablet } from '../support/school'

/** What a hand may press until a child is handed over, and until four siblings are. */
const [TAPS_OF_ONE, TAPS_OF_FOUR] = [3, 5]
const HOUR_MS = 3_600_000
/** Long enough for what is saved on one tablet to be heard on another. */
const HEARD = { timeout: 60_000 }
const SIBLINGS = ['骆冬', '骆夏', '骆春', '骆秋'] as const
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' } as const

interface Child {
  id: string
  name: string
  class: string
  state: string
}

/** Tomorrow: what the demo tells of children lies before it, so nobody has come yet. */
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + 24 * HOUR_MS)

/** An hour of that day on the campus, as the programs take it for their clock. */
function tomorrow(hour: number, minute = 0): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return new Date(`${DAY}T${two(hour)}:${two(minute)}:00+08:00`).toISOString()
}

test.describe.configure({ mode: 'serial' })

test.describe('a day at the doors of a kindergarten', () => {
  let school: School
  let tablets: { room: Tablet; gate: Tablet; kitchen: Tablet }
  let teacher: Page, gate: Page, kitchen: Page

  const opened = async (browser: Browser, tablet: Tablet, who: { id: string; pin: string }, options = {}) => {
    const page = await (await browser.newContext(options)).newPage()
    await openTablet(page, tablet, who)
    return page
  }
  /** A colleague goes on with the tablet. */
  async function takeOver(page: Page, who: { id: string; pin: string }) {
    await call(page, 'person.switch', { person: who.id, pin: who.pin })
    await page.reload()
    await page.locator('h1').first().waitFor()
    await go(page, '/today')
    await expect(page.locator('h1')).toHaveText('今日')
  }
  const children = async (page: Page) => (await call<{ children: Child[] }>(page, 'handover.day')).children
  const named = async (page: Page, name: string) =>
    (await children(page)).find((child) => child.name === name)!
  const state = async (page: Page, name: string) => (await named(page, name)).state
  const tile = (page: Page, name: string) => page.locator('[data-child]').filter({ hasText: name }).first()
  const chip = (page: Page, text: string) => page.locator('[data-views]').getByRole('button', { name: text })
  const dialog = (page: Page) => page.getByRole('dialog')

  /** Everybody goes on at another hour, with or without a network. */
  async function itIs(browser: Browser, now: string, isOnline = true) {
    await Promise.all([teacher, gate, kitchen].map((page) => page?.context().close()))
    await Promise.all(Object.values(tablets).map((tablet) => tablet.close()))
    await school.stop()
    if (isOnline) await school.start(now)
    await Promise.all(Object.values(tablets).map((tablet) => tablet.serve(now)))
    teacher = await opened(browser, tablets.room, PEOPLE.teacher, PHONE)
    gate = await opened(browser, tablets.gate, PEOPLE.guard)
    kitchen = await opened(browser, tablets.kitchen, PEOPLE.cook)
  }

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    const [room, door, pots] = [
      await school.tablet('大一班平板', { serves: ['class'] }),
      await school.tablet('门卫平板', { serves: ['gate'] }),
      await school.tablet('厨房平板', { serves: ['kitchen'] }),
    ]
    tablets = { room, gate: door, kitchen: pots }
    // Four siblings of one mother, in two classes.
    const { areas } = await room.call<{ areas: { id: string; name: string }[] }>('area.list', {
      kind: 'class',
    })
    const classes = ['大一班', '中一班'].map((name) => areas.find((area) => area.name === name)!.id)
    const row = (kind: string, set: object) =>
      room.call<{ id: string }>('entry.save', { kind, set }, PEOPLE.medic.id)
    for (const [at, name] of SIBLINGS.entries()) {
      const { id } = await row('child', {
        class: classes[at % 2],
        number: `09${at}`,
        consent: '已同意',
        name_enc: name,
        agreed_by: '母亲',
        agreed_on: '2026-09-01',
      })
      const mother = {
        child: id,
        adult_name_enc: '骆妈妈',
        relation: '母亲',
        of_age: true,
        phone: '13900007788',
      }
      await row('pickup_authorisation', { ...mother, valid_from: '2026-09-01' })
    }
    await room.run('sync')
    await itIs(browser, tomorrow(7, 30))
  })
  test.afterAll(async () => {
    await Promise.all([teacher, gate, kitchen].map((page) => page?.context().close()))
    await Promise.all(Object.values(tablets ?? {}).map((tablet) => tablet.close()))
    await school.stop()
  })

  test('lets each child in by one press, and tells the kitchen a number and no name', async () => {
    await go(teacher, '/handover')
    await expect(chip(teacher, '未到')).toHaveAttribute('aria-pressed', 'true')
    const all = await teacher.locator('[data-child]').count()
    await tile(teacher, '林子墨').locator('[data-check=yellow]').click()
    await expect(teacher.locator('[data-given]')).toContainText('林子墨来园，晨检有异常')
    // All siblings come; who stays away is somebody else.
    for (const [at, name] of SIBLINGS.entries()) {
      await tile(teacher, name).locator('[data-check=green]').click()
      await expect(teacher.locator('[data-child]')).toHaveCount(all - 2 - at)
    }
    const rest = all - 1 - SIBLINGS.length
    await countTaps(teacher)
    for (let left = rest; left > 1; left -= 1) {
      await teacher.locator('[data-check=green]').first().click()
      await expect(teacher.locator('[data-child]')).toHaveCount(left - 1)
    }
    expect(await tapsOf(teacher)).toHaveLength(rest - 1)
    const [absent] = await children(teacher).then((known) =>
      known.filter((child) => child.state === 'not_seen'),
    )
    await teacher.locator('[data-class=大一班] [data-tell]').click()
    await expect(teacher.locator('[data-class=大一班]')).toContainText(/已报：实到 \d+，就餐 \d+/)
    const counts = () =>
      call<{ rows: { day: string; fields: Record<string, string> }[] }>(kitchen, 'entry.list', {
        kind: 'class_attendance',
        from: DAY,
      })
    await expect.poll(async () => (await counts()).rows.length, HEARD).toBeGreaterThan(0)
    const { hits } = await call<{ hits: unknown[] }>(kitchen, 'search.find', { query: absent!.name })
    expect(hits).toEqual([])
    // Whoever works on the kitchen's tablet, it holds no child.
    await takeOver(kitchen, PEOPLE.teacher)
    await go(kitchen, '/handover')
    await expect(kitchen.locator('main')).toContainText('不在本平板')
  })

  test('takes back what was pressed by mistake', async () => {
    const [absent] = (await children(teacher)).filter((child) => child.state === 'not_seen')
    await tile(teacher, absent!.name).locator('[data-check=green]').click()
    await expect.poll(() => state(teacher, absent!.name)).toBe('here')
    await teacher.locator('[data-given] [data-undo]').click()
    await expect.poll(() => state(teacher, absent!.name)).toBe('not_seen')
    await expect(tile(teacher, absent!.name).locator('[data-check=green]')).toBeVisible()
  })

  test('shows at the gate who is inside, and prints it on one page', async () => {
    const here = (await children(teacher)).filter((child) => child.state === 'here')
    await go(gate, '/inside')
    await expect(gate.locator('[data-figure=children] dd')).toHaveText(String(here.length), HEARD)
    await expect(gate.locator('[data-class=大一班]')).toContainText('陈一诺')
    const pages = await print(gate)
    expect(pages).toHaveLength(1)
    expect(pages[0]!.text).toContain('陈一诺')
    expect(pages[0]!.text).toContain('截至')
  })

  test('lets a visitor out by one press, and takes the same one in again without typing their name', async () => {
    const host = PEOPLE.logi.id
    const { areas } = await call<{ areas: { id: string }[] }>(gate, 'area.list', { kind: 'gate' })
    const set = {
      gate: areas[0]!.id,
      direction: '进校',
      name: '钟师傅',
      org: '县电梯维保站',
      people: '1',
      id_kind: '身份证',
      host,
      confirmed: '电话确认',
      purpose: '电梯检修',
      badge_no: 'B07',
    }
    await call(gate, 'entry.save', { kind: 'visitor_entry', set })
    await go(gate, '/gate')
    const row = gate.locator('[data-open]').filter({ hasText: '钟师傅' })
    await row.locator('[data-end]').click()
    await expect(gate.locator('[data-done]')).toContainText('钟师傅已离校')
    await expect(row).toHaveCount(0)
    await gate
      .locator('[data-again]')
      .getByRole('link', { name: /钟师傅/ })
      .click()
    await expect(gate.locator('[data-field=name] input')).toHaveValue('钟师傅')
    await expect(gate.locator('[data-field=purpose] input')).toHaveValue('电梯检修')
    await expect(gate.locator('[data-field=badge_no] input')).toHaveValue('')
    // How many they are is counted each time, and the badge is another one.
    await gate.locator('[data-field=people] input').fill('1')
    await gate.locator('[data-field=badge_no] input').fill('B08')
    await gate.getByRole('button', { name: '保存' }).click()
    await expect(gate.locator('h1')).toHaveText('门岗')
    await expect(row).toContainText('证 B08')
  })

  test('hands a child over in three presses, and four siblings in five', async ({ browser }) => {
    await itIs(browser, tomorrow(16, 30))
    await go(teacher, '/handover')
    await expect(chip(teacher, '在园')).toHaveAttribute('aria-pressed', 'true')
    await expect(teacher.locator('[data-list-age]')).toContainText('名单截至')
    await countTaps(teacher)
    await tile(teacher, '陈一诺').click()
    await dialog(teacher).locator('[data-adult=good]').first().click()
    await dialog(teacher).locator('[data-way=card]').click()
    await expect(teacher.locator('[data-given]')).toContainText('陈一诺离园，交给')
    expect((await tapsOf(teacher)).length).toBeLessThanOrEqual(TAPS_OF_ONE)

    await countTaps(teacher)
    await tile(teacher, SIBLINGS[0]).click()
    await dialog(teacher).locator('[data-adult=good]').first().click()
    await dialog(teacher).locator('[data-all]').click()
    await dialog(teacher).locator('[data-way=known]').click()
    await expect(teacher.locator('[data-given]')).toContainText('交给骆妈妈')
    const taps = await tapsOf(teacher)
    console.log(`${taps.length} taps for four siblings: ${taps.join(', ')}`)
    expect(taps.length).toBeLessThanOrEqual(TAPS_OF_FOUR)
    for (const name of SIBLINGS) expect(await state(teacher, name)).toBe('gone')
  })

  test('is chosen by the adult as well, and says what must not be before it is pressed', async () => {
    await chip(teacher, '按接送人').click()
    await teacher.getByRole('searchbox').fill('许志刚')
    await expect(teacher.locator('[data-fetcher]')).toHaveCount(1)
    await expect(teacher.locator('[data-fetcher=许志刚]')).toContainText('不得接走')
    await teacher.locator('[data-fetcher=许志刚]').click()
    await expect(dialog(teacher).locator('[data-ask]')).toContainText('不要把孩子交给这个人')
    await dialog(teacher).locator('[data-way=known]').click()
    await expect(teacher.locator('[data-alarm=forbidden]')).toContainText('许嘉树')
  })

  test('rings at the gate until the class has said what became of the child', async () => {
    await go(gate, '/handover')
    await expect(gate.locator('[data-alarm=forbidden]')).toContainText('许嘉树', HEARD)
    await gate.locator('[data-alarm=forbidden]').click()
    await expect(dialog(gate)).toContainText('由班级老师处理')
    await gate.keyboard.press('Escape')
    await teacher.locator('[data-alarm=forbidden]').click()
    await dialog(teacher).locator('label').filter({ hasText: '在监护人处' }).click()
    await dialog(teacher).locator('textarea').fill('妈妈赶来，孩子和妈妈一起回家')
    await dialog(teacher).getByRole('button', { name: '写下结果' }).click()
    await expect(teacher.locator('[data-alarm=forbidden]')).toHaveCount(0)
    await expect(gate.locator('[data-alarm=forbidden]')).toHaveCount(0, HEARD)
  })

  test('alarms both tablets of a child that left on each while there was no network', async ({ browser }) => {
    await itIs(browser, tomorrow(16, 50), false)
    // The teacher stands at the gate as well, and neither tablet knows of the other.
    await takeOver(gate, PEOPLE.teacher)
    for (const page of [teacher, gate]) {
      await go(page, '/handover')
      await tile(page, '周雨桐').click()
      await dialog(page).locator('[data-adult=good]').first().click()
      await dialog(page).locator('[data-way=known]').click()
      await expect(page.locator('[data-given]')).toContainText('周雨桐离园')
      await expect(page.locator('[data-alarm=twice]')).toHaveCount(0)
    }
    await school.start(tomorrow(16, 55))
    for (const page of [teacher, gate])
      await expect(page.locator('[data-alarm=twice]')).toContainText('周雨桐', HEARD)
  })

  test('asks for a call before the last press where the list is too old', async ({ browser }) => {
    await itIs(browser, tomorrow(23, 30), false)
    await go(teacher, '/handover')
    await expect(teacher.locator('[data-list-age]')).toContainText('先给监护人打电话')
    const [left] = (await children(teacher)).filter((child) => child.state === 'here')
    await tile(teacher, left!.name).click()
    await dialog(teacher).locator('[data-adult=good]').first().click()
    await expect(dialog(teacher).locator('[data-ask]')).toContainText('名单已过时限')
    await dialog(teacher).locator('[data-called]').first().click()
    await expect(teacher.locator('[data-given]')).toContainText(`${left!.name}离园`)
  })
})
