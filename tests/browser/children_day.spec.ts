/**
 * One day of a kindergarten at its doors, morning and afternoon without a network: 270 children of nine classes, three tablets, twelve
 * visitors. The lists come from the school's own Excel files, and every alarm rings on every tablet until somebody has answered it.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { classLists, PUPILS, setUp, STAFF, type Person, type Pupil } from '../support/nursery'
import { call, go, openOffice, openTablet } from '../support/page'
import { print } from '../support/paper'
import { School, type Tablet } from '../support/school'
import { spreadsheet, type Cell } from '../support/spreadsheet'
import { pickupList } from '../support/nursery'

const HOUR_MS = 3_600_000
/** Long enough for what is saved on one tablet to be heard on another. */
const HEARD = { timeout: 60_000 }
/** So many children go in by one call. */
const AT_ONCE = 12
const ALARMS = ['forbidden', 'revoked', 'twice', 'once_used', 'unlisted', 'not_arrived'] as const
/** What a list of everybody inside fits on. */
const MOST_PAGES = 2

/** Tomorrow, so that no clock of this machine has seen the day. */
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + 24 * HOUR_MS)
const at = (clock: string, days = 0) =>
  new Date(Date.parse(`${DAY}T${clock}:00+08:00`) + days * 24 * HOUR_MS).toISOString()

interface Adult {
  id: string
  name: string
}
interface Child {
  id: string
  name: string
  state: string
  adults: Adult[]
}
interface Alarm {
  code: string
  name: string
  rows: string[]
}

test.describe.configure({ mode: 'serial' })

test.describe('a kindergarten of 270 children', () => {
  let school: School
  let tablets: { room: Tablet; front: Tablet; back: Tablet }
  let kitchen: Tablet
  let room: Page, front: Page, back: Page
  let gates: string[], head: string

  /** The children whose day differs from that of all others. */
  const [yellow, red, absent, unseen, doubled, revoked, banned, slip, stranger] = [
    0, 1, 2, 3, 4, 95, 6, 190, 188,
  ].map((n) => PUPILS[n]!) as [Pupil, Pupil, Pupil, Pupil, Pupil, Pupil, Pupil, Pupil, Pupil]
  const differing = [yellow, red, absent, unseen]

  const pages = () => [room, front, back]
  async function opened(browser: Browser, tablet: Tablet, who: Person) {
    const page = await (await browser.newContext()).newPage()
    await openTablet(page, tablet, who)
    return page
  }
  const works = async (page: Page, who: Person) => {
    await call(page, 'person.switch', { person: who.id, pin: who.pin })
    await page.reload()
    await page.locator('h1').first().waitFor()
  }
  /** Everybody goes on at another hour, with a network or without. */
  async function itIs(browser: Browser, now: string, isOnline: boolean) {
    await Promise.all(pages().map((page) => page?.context().close()))
    await Promise.all(Object.values(tablets).map((tablet) => tablet.close()))
    await school.stop()
    if (isOnline) await school.start(now)
    await Promise.all(Object.values(tablets).map((tablet) => tablet.serve(now)))
    room = await opened(browser, tablets.room, STAFF.lin)
    front = await opened(browser, tablets.front, STAFF.he)
    back = await opened(browser, tablets.back, STAFF.miao)
  }
  const children = async (page: Page) => (await call<{ children: Child[] }>(page, 'handover.day')).children
  const named = (all: readonly Child[], { name }: Pupil) => all.find((child) => child.name === name)!
  const tile = (page: Page, { name }: Pupil) => page.locator('[data-child]').filter({ hasText: name }).first()
  const dialog = (page: Page) => page.getByRole('dialog')
  const alarms = async (page: Page) => (await call<{ alarms: Alarm[] }>(page, 'handover.alarms')).alarms
  /** A child goes with its mother, by a call: the presses are proved elsewhere. */
  const leaves = (page: Page, child: Child, more: object = {}) =>
    call(page, 'handover.give', {
      children: [child.id],
      direction: 'leave',
      adult: child.adults[0]!.id,
      verified: '认识',
      ...more,
    })
  const visitor = (n: number, gate: number) => ({
    gate: gates[gate],
    direction: '进校',
    name: `来客${'甲乙丙丁戊己庚辛壬癸子丑'[n]}`,
    org: '县教育局',
    people: '1',
    id_kind: '身份证',
    host: head,
    confirmed: '已预约',
    purpose: '开放日',
    badge_no: `V${n + 1}`,
  })
  const save = (page: Page, kind: string, set: object) =>
    call<{ id: string }>(page, 'entry.save', { kind, set })

  test.beforeAll(async ({ browser }) => {
    school = await School.make()
    await school.start(at('06:00'))
    const office = await (await browser.newContext()).newPage()
    await openOffice(office, school)
    ;({ gates, head } = await setUp(office))
    await office.context().close()
  })
  test.afterAll(async () => {
    await Promise.all(pages().map((page) => page?.context().close()))
    await Promise.all(Object.values(tablets ?? {}).map((tablet) => tablet.close()))
    await school.stop()
  })

  test('reads the class lists and who may fetch whom from the Excel files of the school', async ({
    browser,
  }) => {
    const office = await (await browser.newContext()).newPage()
    await openOffice(office, school, 'a crate of ripe pears')
    await go(office, '/imports')
    const read = async (kind: string, name: string, rows: Cell[][]) => {
      await office.getByLabel('导入到').selectOption(kind)
      const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      await office.locator('input[type=file]').setInputFiles({ name, mimeType, buffer: spreadsheet(rows) })
      await expect(office.locator('main')).toContainText(`《${name}》会这样改`)
      await office.getByRole('button', { name: '照此导入' }).click()
      await expect(office.locator('main [role=status]')).toContainText(`新增 ${PUPILS.length} 条`, HEARD)
    }
    await read('child', '花名册.xlsx', classLists())
    await read('pickup_authorisation', '接送人.xlsx', pickupList())
    // The father of one child must not fetch it; a neighbour may fetch another one, once.
    const all = await children(office)
    const line = (child: Pupil, more: object) =>
      save(office, 'pickup_authorisation', {
        child: named(all, child).id,
        of_age: true,
        phone: '13700001111',
        valid_from: DAY,
        ...more,
      })
    await line(banned, { adult_name_enc: '骆大强', relation: '父亲', forbidden: true })
    await line(slip, { adult_name_enc: '邻居周姨', relation: '其他', one_off: true, valid_to: DAY })
    await office.context().close()

    tablets = {
      room: await school.tablet('大一班平板', { serves: ['class'] }),
      front: await school.tablet('正门平板', { serves: ['gate'] }),
      back: await school.tablet('后门平板', { serves: ['gate', 'class'] }),
    }
    kitchen = await school.tablet('厨房平板', { serves: ['kitchen'] })
    await itIs(browser, at('07:00'), true)
    for (const page of pages())
      await expect.poll(async () => (await children(page)).length, HEARD).toBe(PUPILS.length)
  })

  test('lets everybody in without a network, by three doors', async () => {
    await school.stop()
    // At the door of the class by presses: one is watched, one is not well, one stays away, one slips in.
    await go(room, '/handover')
    await room.getByRole('button', { name: '大一班', exact: true }).click()
    await tile(room, yellow).locator('[data-check=yellow]').click()
    await expect(room.locator('[data-given]')).toContainText(`${yellow.name}来园，晨检有异常`)
    await tile(room, red).locator('[data-check=red]').click()
    await expect(room.locator('[data-given]')).toContainText(red.name)
    await tile(room, doubled).locator('[data-check=green]').click()
    await expect(room.locator('[data-given]')).toContainText(doubled.name)

    // The rest twelve at a time: three classes by each door.
    for (const [door, page] of pages().entries()) {
      const known = await children(page)
      const own = PUPILS.slice(door * 90, door * 90 + 90)
        .filter((pupil) => !differing.includes(pupil) && pupil !== doubled)
        .map((pupil) => named(known, pupil).id)
      for (let from = 0; from < own.length; from += AT_ONCE) {
        const part = own.slice(from, from + AT_ONCE)
        await call(page, 'handover.give', { children: part, direction: 'arrive', check: '绿' })
      }
    }
    // The counts of the classes, as each door knows them.
    for (const [door, page] of pages().entries()) {
      const { classes } = await call<{ classes: { class: string; name: string }[] }>(page, 'handover.day')
      const own = classes.filter(({ name }) =>
        PUPILS.slice(door * 90, door * 90 + 90).some((p) => p.class === name),
      )
      for (const one of own) await call(page, 'handover.attendance', { class: one.class })
    }
    // Twelve visitors by two gates, a delivery, and a child that goes to the doctor with a slip.
    await works(front, STAFF.guard)
    for (let n = 0; n < 8; n += 1) await save(front, 'visitor_entry', visitor(n, 0))
    await save(front, 'vehicle_entry', {
      gate: gates[0],
      plate: '浙A·K2026',
      sort: '送货',
      purpose: '送牛奶',
    })
    await save(front, 'pupil_exit', {
      gate: gates[0],
      class: (await call<{ areas: { id: string }[] }>(front, 'area.list', { kind: 'class' })).areas[0]!.id,
      name_enc: '霍书瑶',
      slip_no: 'CM-7',
      reason: '就医',
      approver: STAFF.lin.id,
      called: true,
      leaves: '监护人接走',
      returns: '返校',
    })
    await works(back, STAFF.guard)
    for (let n = 8; n < 12; n += 1) await save(back, 'visitor_entry', visitor(n, 2))
    // Two of those of the front gate leave by the back one, which knows nothing of them.
    for (const n of [0, 1])
      await save(back, 'visitor_entry', {
        gate: gates[2],
        direction: '只登离校',
        name: visitor(n, 0).name,
        people: '1',
        badge_no: ` v${n + 1}`,
      })
  })

  test('shows at a gate everybody who is inside once the tablets have met, and prints it whole', async ({
    browser,
  }) => {
    await itIs(browser, at('13:00'), true)
    await works(front, STAFF.guard)
    const isInside = PUPILS.filter((pupil) => ![absent, unseen].includes(pupil))
    await go(front, '/inside')
    await expect(front.locator('[data-figure=children] dd')).toHaveText(String(isInside.length), HEARD)
    await expect(front.locator('[data-figure=visitors] dd')).toHaveText('10', HEARD)
    const printed = await print(front)
    expect(printed.length).toBeLessThanOrEqual(MOST_PAGES)
    const text = printed.map((page) => page.text).join('\n')
    expect(isInside.filter(({ name }) => !text.includes(name))).toEqual([])
    expect(text).not.toContain(absent.name)
    for (const { class: own } of PUPILS) expect(text).toContain(own)
    expect(text).toContain('来客丑')
    expect(text).toContain('截至')

    // The kitchen reads numbers, and holds no name in any of its files.
    await kitchen.run('sync')
    const { rows } = await kitchen.call<{ rows: { fields: { present: string } }[] }>(
      'entry.list',
      { kind: 'class_attendance', from: DAY },
      STAFF.cook.id,
    )
    expect(rows).toHaveLength(9)
    const present = rows.reduce((sum, { fields }) => sum + Number(fields.present), 0)
    expect(present).toBe(isInside.length)
    const files = (folder: string): string[] =>
      readdirSync(folder).flatMap((name) => {
        const path = join(folder, name)
        return statSync(path).isDirectory() ? files(path) : [path]
      })
    const holding = (tablet: Tablet) => {
      const held = files(tablet.store).map((path) => readFileSync(path))
      return PUPILS.filter(({ name }) => held.some((bytes) => bytes.includes(name)))
    }
    expect(holding(kitchen)).toEqual([])
    expect(holding(tablets.room).length).toBeGreaterThan(0)
  })

  test('hands everybody over without a network, and no tablet knows yet what alarms', async ({ browser }) => {
    // Each of 260 children goes by a call of its own.
    test.setTimeout(240_000)
    await itIs(browser, at('16:30'), false)
    const [at_room, at_front, at_back] = await Promise.all(pages().map(children))
    // Whoever must not fetch a child is told apart before the last press; it is written down all the same.
    await go(room, '/handover')
    await tile(room, banned).click()
    await dialog(room).locator('[data-adult=forbidden]').click()
    await expect(dialog(room).locator('[data-ask]')).toContainText('不要把孩子交给这个人')
    await dialog(room).locator('[data-way=known]').click()
    await expect(room.locator('[data-alarm=forbidden]')).toContainText(banned.name)
    // A child of whom nobody wrote that it came.
    await leaves(room, named(at_room!, unseen))
    // One child by two doors.
    await leaves(room, named(at_room!, doubled))
    await leaves(front, named(at_front!, doubled))
    // At the back gate a line is revoked; the front gate does not hear of it.
    const line = named(at_back!, revoked).adults[0]!.id
    await call(back, 'entry.act', { id: line, act: 'revoke', set: { reason: '监护权变更' } })
    await leaves(front, named(at_front!, revoked))
    // A slip for one time by two gates.
    for (const [page, all] of [
      [front, at_front],
      [back, at_back],
    ] as const) {
      const child = named(all!, slip)
      const once = child.adults.find(({ name }) => name === '邻居周姨')!
      await leaves(page, child, { adult: once.id })
    }
    // Somebody off the list, without a call.
    await go(back, '/handover')
    await tile(back, stranger).click()
    await dialog(back).locator('[data-other]').click()
    await dialog(back).getByLabel('来接的人', { exact: true }).fill('路人乙')
    await dialog(back).getByLabel('来接的人的电话').fill('13600002222')
    await expect(dialog(back).locator('[data-ask]')).toBeVisible()
    await dialog(back).locator('[data-way=document]').click()
    await expect(back.locator('[data-alarm=unlisted]')).toContainText(stranger.name)

    // Everybody else goes home with their mother, each door its own classes.
    const special = [absent, unseen, doubled, revoked, banned, slip, stranger]
    await Promise.all(
      [at_room!, at_front!, at_back!].map(async (known, door) => {
        for (const pupil of PUPILS.slice(door * 90, door * 90 + 90))
          if (!special.includes(pupil) && !stays(pupil)) await leaves(pages()[door]!, named(known, pupil))
      }),
    )
    for (const page of [front, back]) {
      await works(page, STAFF.guard)
      const { visitors } = await call<{ visitors: { id: string; name: string }[] }>(page, 'gate.inside')
      const own = page === front ? visitors.slice(0, 5) : visitors.slice(5, 8)
      for (const { id } of own)
        await call(page, 'entry.act', { id, act: 'leave', set: { left_by: gates[0] } })
    }
  })
  /** The last child of the last class waits until late. */
  const stays = (pupil: Pupil) => pupil === PUPILS.at(-1)

  test('rings every alarm on every tablet once they have met', async ({ browser }) => {
    await itIs(browser, at('17:30'), true)
    for (const page of pages()) {
      await go(page, '/handover')
      for (const code of ALARMS) await expect(page.locator(`[data-alarm=${code}]`).first()).toBeVisible(HEARD)
    }
    await works(front, STAFF.guard)
    await go(front, '/handover')
    for (const code of ALARMS) await expect(front.locator(`[data-alarm=${code}]`).first()).toBeVisible()
    const told = await alarms(front)
    const of = (code: string) => told.filter((alarm) => alarm.code === code).map(({ name }) => name)
    expect(of('twice').sort()).toEqual([doubled.name, slip.name].sort())
    expect([of('revoked'), of('forbidden'), of('once_used'), of('unlisted'), of('not_arrived')]).toEqual(
      [revoked, banned, slip, stranger, unseen].map(({ name }) => [name]),
    )
  })

  test('is silent on every tablet when each of them was answered', async () => {
    await go(room, '/handover')
    for (let left = (await alarms(room)).length; left > 0; left = (await alarms(room)).length) {
      await room.locator('[data-alarm]').first().click()
      await dialog(room).locator('label').filter({ hasText: '在监护人处' }).click()
      await dialog(room).locator('textarea').fill('已打电话核实，孩子和妈妈在一起')
      await dialog(room).getByRole('button', { name: '写下结果' }).click()
      await expect(dialog(room)).toHaveCount(0)
    }
    for (const page of pages()) await expect(page.locator('[data-alarm]')).toHaveCount(0, HEARD)
  })

  test('tells at every gate, when it has closed, who and what is not settled, and goes on after midnight', async ({
    browser,
  }) => {
    const closing = (page: Page) => page.locator('[data-closing]')
    for (const [now, days] of [
      ['20:05', 0],
      ['00:30', 1],
    ] as const) {
      await itIs(browser, at(now, days), true)
      for (const page of [front, back]) {
        await works(page, STAFF.guard)
        await expect(page.locator('[data-today-gate]')).toContainText('过了 20:00 还没离校')
        await go(page, '/gate')
        await expect(closing(page)).toContainText('来客子')
        await expect(closing(page)).toContainText('浙A·K2026')
        await expect(closing(page)).toContainText('霍**')
        await expect(closing(page).locator('[data-stayed=小三班]')).toContainText(PUPILS.at(-1)!.name)
      }
    }
    // Each is settled by one press, and every gate hears of it.
    for (const left of [4, 3, 2, 1, 0]) {
      await expect(closing(front).locator('[data-open]')).toHaveCount(left, HEARD)
      if (left > 0) await closing(front).locator('[data-end]').first().click()
    }
    await expect(closing(back).locator('[data-open]')).toHaveCount(0, HEARD)
    await expect(closing(back).locator('[data-stayed=小三班]')).toBeVisible()
  })
})
