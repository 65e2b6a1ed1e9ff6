/** What a person has begun: it is theirs, it stays, and it is offered again. */
import { expect, test, type Browser, type Page } from '@playwright/test'
import { Form } from '../support/form'
import { everything, field, isDrawn, sign, switchTo } from '../support/hand'
import { call, go, openTablet } from '../support/page'
import { OPEN_CHECK, PEOPLE, School, type Tablet } from '../support/school'

const LI = PEOPLE.fso
const ZHANG = PEOPLE.cook
const SUBMIT = `/inspections/${OPEN_CHECK}/submit`
const GOES_ON = /接着上次没写完的/

let school: School
let tablet: Tablet

test.beforeAll(async () => {
  school = await School.make({ demo: true })
  await school.start()
  tablet = await school.tablet('平板 1')
  await school.stop()
  // The check is for those who fill it in; she is one of them.
  await tablet.call('inspection.join', { id: OPEN_CHECK, template: 'T01@1' }, ZHANG.id)
})
test.afterAll(() => tablet.close())

/** The tablet's screens in a browser that nobody has used before, with 李敏 at work and nothing begun. */
async function opened(browser: Browser): Promise<Page> {
  await tablet.close()
  const page = await (await browser.newContext({ permissions: ['camera'] })).newPage()
  await openTablet(page, tablet, LI)
  for (const who of [ZHANG, LI]) {
    await call(page, 'person.switch', { person: who.id, pin: who.pin })
    const { drafts } = await call<{ drafts: { form: string; record?: string }[] }>(page, 'draft.list')
    for (const { form, record } of drafts) await call(page, 'draft.discard', { form, record })
  }
  await page.reload()
  await page.locator('h1').first().waitFor()
  return page
}
/** Ends the program without a word, and opens the tablet again. */
async function killed(page: Page): Promise<Page> {
  await tablet.close('SIGKILL')
  const next = await page.context().newPage()
  await page.close()
  await next.goto(await tablet.serve())
  await next.locator('h1').first().waitFor()
  return next
}
const words = (page: Page) => field(page, '哪里不对')

test('whoever takes the tablet over starts empty, and the one before finds her own words and strokes again', async ({
  browser,
}) => {
  const page = await opened(browser)
  await go(page, SUBMIT)
  await field(page, '为什么没填完就提交').fill('李敏的原因')
  await sign(page)
  await switchTo(page, ZHANG, SUBMIT)
  await expect(field(page, '为什么没填完就提交')).toHaveValue('')
  expect(await isDrawn(page)).toBe(false)
  await field(page, '为什么没填完就提交').fill('张桂花的原因')
  await go(page, '/findings/new')
  await expect(words(page)).toHaveValue('')
  await words(page).fill('张桂花看见的')
  await switchTo(page, LI, '/findings/new')
  await expect(words(page)).toHaveValue('')
  expect(await everything(page)).not.toContain('张桂花看见的')
  await go(page, SUBMIT)
  await expect(field(page, '为什么没填完就提交')).toHaveValue('李敏的原因')
  expect(await isDrawn(page)).toBe(true)
  await switchTo(page, ZHANG, '/findings/new')
  await expect(words(page)).toHaveValue('张桂花看见的')
  await page.context().close()
})

test('a submit is signed by the hand of who gives it in, and by no other', async ({ browser }) => {
  const page = await opened(browser)
  const { id } = await Form.start(page, 'joint')
  await tablet.call('inspection.join', { id, template: 'T01@1' }, ZHANG.id)
  await go(page, `/inspections/${id}/submit`)
  await field(page, '为什么没填完就提交').fill('李敏的原因')
  await sign(page)
  await switchTo(page, ZHANG, `/inspections/${id}/submit`)
  await field(page, '为什么没填完就提交').fill('张桂花的原因')
  await page.getByRole('button', { name: '注明原因并提交' }).click()
  const submits = async () =>
    (
      await call<{ submits: { id: string; signature: unknown }[] }>(page, 'inspection.get', { id })
    ).submits.map(({ id, signature }) => [id, signature])
  await expect.poll(submits).toEqual([[ZHANG.id, null]])
  await page.context().close()
})

test('a report with its words and its photo, a step with its words, and a reason with its signature outlive a reload', async ({
  browser,
}) => {
  const page = await opened(browser)
  await go(page, '/findings/new')
  await words(page).fill('二楼灯管不亮')
  await page.locator('button[data-photo]').filter({ hasText: '拍下' }).click()
  await expect.poll(() => page.locator('.tiles img').count()).toBeGreaterThan(0)
  await expect
    .poll(async () => JSON.stringify(await call(page, 'draft.get', { form: 'finding.report' })))
    .toContain('"blob"')
  await page.reload()
  await expect(words(page)).toHaveValue('二楼灯管不亮')
  await expect(page.locator('.tiles img')).not.toHaveCount(0)
  await expect(page.getByText(GOES_ON)).toBeVisible()

  const { findings } = await call<{ findings: { id: string }[] }>(page, 'finding.list', { state: 'open' })
  const offered = async ({ id }: { id: string }) =>
    (
      await call<{ next_steps: { code: string; note: string }[] }>(page, 'finding.get', { id })
    ).next_steps.find(({ note }) => note !== 'none')
  let at = 0
  while (!(await offered(findings[at]!))) at += 1
  const step = (await offered(findings[at]!))!.code
  const sheet = `/findings/${findings[at]!.id}?unfinished=${encodeURIComponent(`finding.step/${step}`)}`
  await go(page, sheet)
  await field(page, /说明/).fill('已经换了灯管')
  await page.reload()
  await expect(field(page, /说明/)).toHaveValue('已经换了灯管')

  await go(page, SUBMIT)
  await field(page, '为什么没填完就提交').fill('先交')
  await sign(page)
  await page.locator('.missing a').first().click()
  await page.locator('[data-item]').first().waitFor()
  await page.goBack()
  await expect(field(page, '为什么没填完就提交')).toHaveValue('先交')
  expect(await isDrawn(page)).toBe(true)
  await page.reload()
  await expect(field(page, '为什么没填完就提交')).toHaveValue('先交')
  await expect.poll(() => isDrawn(page)).toBe(true)
  await page.context().close()
})

test('what was begun stands on Today, leads back to its form, and can be emptied and brought back', async ({
  browser,
}) => {
  const page = await opened(browser)
  await go(page, '/findings/new')
  await words(page).fill('滑梯有裂缝')
  await go(page, '/today')
  await page.getByRole('link', { name: /随手报.*滑梯有裂缝/ }).click()
  await expect(words(page)).toHaveValue('滑梯有裂缝')
  await page.getByRole('button', { name: '清空重来' }).click()
  await expect(words(page)).toHaveValue('')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(words(page)).toHaveValue('滑梯有裂缝')
  await page.getByRole('button', { name: '报上去' }).click()
  await expect(page.getByRole('heading', { name: '滑梯有裂缝' })).toBeVisible()
  await go(page, '/today')
  await expect(page.getByRole('link', { name: /随手报.*滑梯有裂缝/ })).toHaveCount(0)
  await page.context().close()
})

test('a sheet that was begun opens above no page of a colleague, however late its answer comes, and once for who began it', async ({
  browser,
}) => {
  const page = await opened(browser)
  const { areas } = await call<{ areas: { id: string; kind: string }[] }>(page, 'area.list')
  const area = areas.find(({ kind }) => kind === 'kitchen')?.id
  const set = { what: '中心温度', area, dish: '冬瓜汤', c: '74' }
  const { id } = await call<{ id: string }>(page, 'entry.save', { kind: 'temperature_reading', set })
  const sheet = `/entries/${id}?unfinished=${encodeURIComponent('entry.correct/correct.c')}`
  const dialog = page.getByRole('dialog')
  await go(page, sheet)
  await dialog.getByLabel('原因').fill('看错了一格')
  await page.goBack()
  await go(page, '/today')

  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/app/call/entry.get', async (route) => {
    await held
    await route.continue()
  })
  await go(page, sheet)
  await switchTo(page, ZHANG, '/today')
  const answered = page.waitForResponse('**/app/call/entry.get')
  release()
  await (await answered).finished()
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
  await expect(dialog).toHaveCount(0)
  expect(await everything(page)).not.toContain('看错了一格')
  await page.unroute('**/app/call/entry.get')

  await switchTo(page, LI, sheet)
  await expect(dialog).toHaveCount(1)
  await expect(dialog.getByLabel('原因')).toHaveValue('看错了一格')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.context().close()
})

test('a value that was left with Tab is sent at once, and outlives the end of the program', async ({
  browser,
}) => {
  let page = await opened(browser)
  const { id } = await Form.start(page)
  const value = (page: Page) => new Form(page, id).item('12').locator('input[data-main]').first()
  await value(page).fill('6.5')
  // What is left is sent at once: the program ends as soon as it has answered.
  const stored = page.waitForResponse('**/app/call/inspection.answer')
  await page.keyboard.press('Tab')
  await stored
  page = await killed(page)
  await Form.open(page, id)
  await expect(value(page)).toHaveValue('6.5')
  const { sections } = await call<{ sections: { items: { code: string; result: unknown }[] }[] }>(
    page,
    'inspection.get',
    { id },
  )
  const answer = sections.flatMap(({ items }) => items).find(({ code }) => code === 'T01.12')
  expect(answer?.result).toMatchObject([{ v: '6.5' }])
  await page.context().close()
})

test('letters that are no answer yet outlive the end of the program', async ({ browser }) => {
  let page = await opened(browser)
  const { id } = await Form.start(page)
  const value = (page: Page) => new Form(page, id).item('08').locator('input[data-main]').first()
  const kept = page.waitForResponse('**/app/call/draft.save')
  await value(page).click()
  await page.keyboard.type('3')
  await kept
  page = await killed(page)
  await Form.open(page, id)
  await expect(value(page)).toHaveValue('3')
  await page.context().close()
})

test('a form that was opened at one item leaves the focus where somebody types when it is read anew', async ({
  browser,
}) => {
  const page = await opened(browser)
  const form = await Form.start(page)
  const { id } = form
  await call(page, 'inspection.answer', { id, item: 'T01.06', result: 'fail' })
  await go(page, `/inspections/${id}?item=T01.06`)
  const note = form.item('06').locator('[data-note]')
  await note.click()
  await page.keyboard.type('刀板混')
  await form.saved()
  // Somebody else's word at another item brings the form anew.
  await call(page, 'inspection.note', { id, item: 'T01.05', note: '别人写的' })
  await expect(form.item('05').locator('[data-note]')).toHaveValue('别人写的')
  await expect(note).toBeFocused()
  await page.keyboard.type('放')
  await expect(note).toHaveValue('刀板混放')
  await page.context().close()
})

test('one touch is no signature: it is asked again in words', async ({ browser }) => {
  const page = await opened(browser)
  const { id } = await Form.start(page)
  await go(page, `/inspections/${id}/submit`)
  await field(page, '为什么没填完就提交').fill('先交')
  await sign(page, 0)
  await page.getByRole('button', { name: '注明原因并提交' }).click()
  await expect(page.getByText('请重新签')).toBeVisible()
  expect((await call<{ stage: string }>(page, 'inspection.get', { id })).stage).toBe('open')
  await page.getByRole('button', { name: '重签' }).click()
  await sign(page)
  await page.getByRole('button', { name: '注明原因并提交' }).click()
  await expect
    .poll(async () => (await call<{ stage: string }>(page, 'inspection.get', { id })).stage)
    .toBe('submitted')
  await page.context().close()
})

test('a switch in one window shows in the other at once, and nothing is written under the wrong name', async ({
  browser,
}) => {
  const page = await opened(browser)
  const other = await page.context().newPage()
  await other.goto(new URL('/', page.url()).href)
  await other.locator('h1').first().waitFor()
  await go(other, '/findings/new')
  await expect(other.locator('.chip .name')).toHaveText(LI.name)
  await words(other).fill('李敏的话')
  await expect
    .poll(async () => JSON.stringify(await call(page, 'draft.get', { form: 'finding.report' })))
    .toContain('李敏的话')
  await switchTo(page, ZHANG, '/today')
  await expect(other.locator('.chip .name')).toHaveText(ZHANG.name)
  await expect(words(other)).toHaveValue('')
  const refused = await other.evaluate(async (shown) => {
    const headers = { 'Content-Type': 'application/json', 'X-Rounds': '1', 'X-Rounds-Person': shown }
    const body = JSON.stringify({ description: '不该记在张桂花名下' })
    const answer = await fetch('/app/call/finding.report', { method: 'POST', headers, body })
    return ((await answer.json()) as { type: string }).type
  }, LI.id)
  expect(refused).toBe('urn:rounds:problem:other-person')
  await page.context().close()
})
