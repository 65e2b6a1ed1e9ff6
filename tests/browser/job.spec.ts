/** The whole job in real browsers: two tablets and the office, with the network coming and going. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { Form } from '../support/form'
import { call, go, openOffice, openTablet } from '../support/page'
import { Road } from '../support/road'
import { PEOPLE, School, type Tablet } from '../support/school'

interface Conflict {
  id: string
  field: string
}

const newPage = async (browser: Browser) => (await browser.newContext({ permissions: ['camera'] })).newPage()
const badge = (page: Page, text: string | RegExp) =>
  expect(page.getByText(text).first()).toBeVisible({ timeout: 20_000 })
const conflictsOf = async (page: Page, id: string) =>
  (await call<{ conflicts: Conflict[] }>(page, 'conflict.list', { id })).conflicts

test.describe.configure({ mode: 'serial' })

test.describe('two tablets and the office', () => {
  let school: School
  const [roadA, roadB] = [new Road(() => school.address), new Road(() => school.address)]
  let tablets: [Tablet, Tablet]
  let a: Page, b: Page, office: Page
  let form: Form, other: Form

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    await Promise.all([roadA.open(), roadB.open()])
    tablets = [
      await school.tablet('平板 1', { road: roadA.address }),
      await school.tablet('平板 2', { road: roadB.address }),
    ]
    ;[a, b, office] = await Promise.all([newPage(browser), newPage(browser), newPage(browser)])
    await openTablet(a, tablets[0], PEOPLE.fso)
    await openTablet(b, tablets[1], PEOPLE.head)
    await openOffice(office, school)
  })
  test.afterAll(async () => {
    await Promise.all([a, b, office].map((page) => page?.context().close()))
    await Promise.all(tablets?.map((tablet) => tablet.close()) ?? [])
    await Promise.all([roadA.close(), roadB.close(), school.stop()])
  })

  test('a tap on one tablet shows on the other and in the office while all are online', async () => {
    form = await Form.start(a, 'joint')
    await expect
      .poll(() =>
        call(b, 'inspection.get', { id: form.id }).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    await call(b, 'inspection.join', { id: form.id, template: 'T01@1' })
    other = await Form.open(b, form.id)
    await go(office, `/inspections/${form.id}`)
    const from = Date.now()
    await form.verdict('14', '合格')
    await expect(other.item('14').getByRole('radio', { name: '合格', exact: true })).toBeChecked()
    console.log(`seen on the other tablet after ${Date.now() - from} ms`)
    await expect(office.getByText('消毒杀虫剂专柜上锁').first()).toBeVisible()
  })

  test('without a network both go on, and neither claims that anything was sent', async () => {
    await Promise.all([roadA.close(), roadB.close()])
    await form.verdict('01', '合格')
    await form.verdict('06', '不合格')
    await a.keyboard.type('成品与半成品混放在 2 号柜')
    await form.shoot('06')
    await form.item('12').locator('input[data-main]').first().fill('6.5')
    await a.keyboard.press('Enter')
    await form.saved()
    await other.verdict('02', '合格')
    await other.item('12').locator('input[data-main]').first().fill('9.0')
    await b.keyboard.press('Enter')
    await other.saved()
    await badge(a, /离线 · \d+ 条存于本机/)
    await badge(b, /离线 · \d+ 条存于本机/)
  })

  test('back in range, answers to different items merge without a question, and the photo is named as owed', async () => {
    roadA.holdsPhotos = true
    await Promise.all([roadA.open(), roadB.open()])
    await expect(form.item('02').getByRole('radio', { name: '合格', exact: true })).toBeChecked({
      timeout: 60_000,
    })
    await expect(other.item('01').getByRole('radio', { name: '合格', exact: true })).toBeChecked({
      timeout: 60_000,
    })
    await expect(other.item('06').getByRole('radio', { name: '不合格', exact: true })).toBeChecked()
    for (const page of [a, b]) {
      const fields = async () => (await conflictsOf(page, form.id)).map(({ field }) => field)
      await expect.poll(fields).toEqual(['answers/T01.12/result'])
    }
    await go(a, '/queue')
    await expect(a.getByText(/照片/).first()).toBeVisible()
    const status = await call<{ pending_blobs: number; badge: string; all_synced: boolean }>(a, 'sync.status')
    expect(status.pending_blobs).toBeGreaterThan(0)
    expect([status.badge, status.all_synced]).not.toContain('synced')
    await go(office, '/board')
    await go(office, `/inspections/${form.id}`)
    await expect(office.getByText(/照片还在|尚未送达|未到/).first()).toBeVisible()
  })

  test('the photo arrives, and the office shows it', async () => {
    roadA.holdsPhotos = false
    await expect
      .poll(async () => (await call<{ pending_blobs: number }>(a, 'sync.status')).pending_blobs, {
        timeout: 90_000,
      })
      .toBe(0)
    await expect(office.getByText(/照片还在|尚未送达/)).toHaveCount(0, { timeout: 20_000 })
    const photo = office.locator('main img').first()
    await expect
      .poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0)
  })

  test('one item with two values shows both, with who wrote them, on every side', async () => {
    await go(a, `/conflicts/${form.id}`)
    await go(b, `/conflicts/${form.id}`)
    await go(office, `/conflicts/${form.id}`)
    for (const page of [a, b, office]) {
      const text = page.locator('main')
      for (const word of ['冷藏温度', PEOPLE.fso.name, PEOPLE.head.name, '6.5', '9.0'])
        await expect(text).toContainText(word)
    }
  })

  test('a choice clears the question on every side', async () => {
    const chosen = a
      .getByRole('article')
      .or(a.locator('li, section'))
      .filter({ hasText: '9.0' })
      .filter({ hasNotText: '6.5' })
    await chosen.getByRole('button', { name: '采用这个' }).first().click()
    for (const page of [a, b, office]) {
      await expect.poll(async () => (await conflictsOf(page, form.id)).length, { timeout: 30_000 }).toBe(0)
      await expect(page.getByText('6.5')).toHaveCount(0, { timeout: 20_000 })
    }
  })

  test('the failure becomes a finding, which the office assigns, and closes after another hand has fixed it', async () => {
    await Form.open(a, form.id)
    await call(a, 'inspection.submit', { id: form.id, reason: '先交，其余后补' })
    const found = async (page: Page) =>
      (await call<{ findings: { id: string; item: string }[] }>(page, 'inspection.get', { id: form.id }))
        .findings
    await expect
      .poll(async () => (await found(office)).map(({ item }) => item), { timeout: 30_000 })
      .toContain('T01.06')
    const finding = (await found(office)).find(({ item }) => item === 'T01.06')!.id
    await go(office, `/findings/${finding}`)
    await office.getByRole('button', { name: '派发', exact: true }).first().click()
    await office.getByText(PEOPLE.fixer.name).first().click()
    await office.getByRole('button', { name: /派发/ }).last().click()
    const state = async (page: Page) =>
      (await call<{ state: string }>(page, 'finding.get', { id: finding })).state
    await expect.poll(() => state(office)).toBe('assigned')
    await expect.poll(() => state(a).catch(() => ''), { timeout: 30_000 }).toBe('assigned')

    await call(a, 'person.switch', { person: PEOPLE.fixer.id, pin: PEOPLE.fixer.pin })
    await a.reload()
    await a.locator('main').first().waitFor()
    await go(a, `/findings/${finding}`)
    await expect(a.getByText('成品与半成品混放在 2 号柜').first()).toBeVisible()
    await call(a, 'finding.step', { id: finding, step: '接单' })
    await call(a, 'finding.step', { id: finding, step: '整改完成', note: '已分柜存放' })
    await expect.poll(() => state(office), { timeout: 30_000 }).toBe('awaiting_recheck')
    await office.getByRole('button', { name: '复查通过' }).first().click()
    const confirm = office.getByRole('button', { name: '复查通过' }).last()
    if ((await state(office)) === 'awaiting_recheck') await confirm.click()
    await expect.poll(() => state(office)).toBe('closed')
    await expect.poll(() => state(a), { timeout: 30_000 }).toBe('closed')
    await expect
      .poll(async () => (await call<{ badge: string }>(a, 'sync.status')).badge, { timeout: 60_000 })
      .toBe('synced')
    await badge(a, '已同步')
  })
})
