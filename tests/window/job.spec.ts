/** The same job in the real window, with the server stopped and started between the steps. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { By } from 'selenium-webdriver'
import { OPEN_CHECK, PEOPLE, School, type Tablet } from '../support/school'
import { PICTURE, TestWindow, WAIT } from '../support/window'

test.describe.configure({ mode: 'serial' })

test.describe('the window', () => {
  let school: School
  let tablet: Tablet, office: Tablet
  let window: TestWindow

  const verdict = (item: string, name: string) =>
    window
      .find(`[data-item="${item}"]`)
      .then((row) => row.findElement(By.xpath(`.//*[@role='radio'][normalize-space()='${name}']`)))
  const status = () => tablet.run<{ pending: number; pending_blobs: number }>('status')

  test.beforeAll(async () => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    office = await school.tablet('办公室')
    await school.stop()
    window = await TestWindow.open(tablet.store)
  })
  test.afterAll(async () => {
    await window?.close()
    await school.stop()
  })

  test('a person takes the tablet with a PIN, and sees that it is offline', async () => {
    await window.takeOver(PEOPLE.fso)
    await window.withText('离线')
  })

  test('a check goes on without a network: a verdict, a failure with note and photo', async () => {
    await window.go(`/inspections/${OPEN_CHECK}`)
    await window.tap(await verdict('T01.14', '合格'))
    await window.tap(await verdict('T01.09', '不合格'))
    const note = await window.find('[data-item="T01.09"] textarea')
    await note.sendKeys('保洁柜门没有关')
    const picture = join(school.folder, 'picture.png')
    writeFileSync(picture, Buffer.from(PICTURE, 'base64'))
    const input = await window.find('[data-item="T01.09"] input[type=file]')
    await input.sendKeys(picture)
    await window.find('[data-item="T01.09"] .tiles img')
    const kept = () => tablet.call<{ value: Record<string, unknown> }>('record.get', { id: OPEN_CHECK })
    await expect.poll(async () => (await kept()).value['answers/T01.09/note']).toBe('保洁柜门没有关')
    await expect.poll(async () => (await status()).pending).toBeGreaterThan(0)
    await expect.poll(async () => (await status()).pending_blobs, { timeout: WAIT }).toBeGreaterThan(0)
  })

  test('the window is closed and opened again, and everything is there', async () => {
    await window.close()
    window = await TestWindow.open(tablet.store)
    await window.find('h1')
    await window.go(`/inspections/${OPEN_CHECK}`)
    // A row may be drawn anew while it is looked at.
    const checked = async () => (await verdict('T01.09', '不合格')).getAttribute('aria-checked')
    await expect.poll(() => checked().catch(() => null), { timeout: WAIT }).toBe('true')
    const note = async () => (await window.find('[data-item="T01.09"] textarea')).getAttribute('value')
    await expect.poll(() => note().catch(() => null), { timeout: WAIT }).toBe('保洁柜门没有关')
  })

  test('the server comes back, and what was kept arrives by itself, the photo too', async () => {
    await school.start()
    await expect.poll(status, { timeout: 90_000 }).toMatchObject({ pending: 0, pending_blobs: 0 })
    await office.run('sync')
    const { value } = await office.call<{ value: Record<string, unknown> }>('record.get', { id: OPEN_CHECK })
    expect(value['answers/T01.09/result']).toBe('fail')
    expect(value['answers/T01.09/note']).toBe('保洁柜门没有关')
    expect(Object.keys(value).some((field) => field.startsWith('answers/T01.09/photos/'))).toBe(true)
  })

  test('what the office changes shows in the open window', async () => {
    await office.call('inspection.answer', { id: OPEN_CHECK, item: 'T01.15', result: 'pass' }, PEOPLE.head.id)
    await office.run('sync')
    const checked = async () => (await verdict('T01.15', '合格')).getAttribute('aria-checked')
    await expect.poll(() => checked().catch(() => null), { timeout: WAIT }).toBe('true')
  })
})
