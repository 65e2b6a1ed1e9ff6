/**
 * A part of the night at the duty desk in the real window, without a network: what was found gets its photo, two people sign one
 * handover on one tablet, and the page that is printed stands ready.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { PEOPLE, School, type Tablet } from '../support/school'
import { PICTURE, TestWindow, WAIT } from '../support/window'

const GUARD = PEOPLE.guard
const NEXT = PEOPLE.fixer

interface Entry {
  stage: string
  fields: Record<string, unknown>
  history: { act: string; by: { name: string }; vouch: string | null; outcome: string }[]
}

test.describe.configure({ mode: 'serial' })

test.describe('a night at the duty desk in the window', () => {
  let school: School
  let tablet: Tablet
  let window: TestWindow
  let gate: string

  const enter = async (kind: string, set: object) =>
    (await tablet.call<{ id: string }>('entry.save', { kind, set }, GUARD.id)).id
  const entry = (id: string) => tablet.call<Entry>('entry.get', { id }, GUARD.id)

  test.beforeAll(async () => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    await school.stop()
    const { areas } = await tablet.call<{ areas: { id: string; kind: string }[] }>('area.list')
    gate = areas.find(({ kind }) => kind === 'gate')!.id
    window = await TestWindow.open(tablet.store)
    await window.takeOver(GUARD)
  })
  test.afterAll(async () => {
    await window?.close()
    await school?.stop()
  })

  test('what the guard has found gets a photo, which stays owed until the server is back', async () => {
    const id = await enter('incident', {
      sort: '设施',
      area: gate,
      desc: '东门路灯不亮',
      people: '0',
      first: '已拉警戒线',
    })
    await window.go(`/entries/${id}`)
    await window.tap(await window.button('修改'))
    const picture = join(school.folder, 'picture.png')
    writeFileSync(picture, Buffer.from(PICTURE, 'base64'))
    await (await window.find('[data-field="proof"] input[type=file]')).sendKeys(picture)
    await window.find('[data-field="proof"] .tiles img')
    await window.tap(await window.button('保存'))
    await window.find('[data-shown="proof"] img')
    await expect
      .poll(async () => (await entry(id)).fields['proof'])
      .toMatchObject([{ blob: expect.any(String) }])
    const status = () => tablet.run<{ pending_blobs: number }>('status')
    await expect.poll(async () => (await status()).pending_blobs, { timeout: WAIT }).toBeGreaterThan(0)
  })

  test('a handover is signed by both on this tablet, the second by a PIN of his own, and nobody is switched', async () => {
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now())
    const shift = await enter('duty_shift', { date: today, post: gate, shift: '周末', person: GUARD.id })
    await tablet.call('entry.act', { id: shift, act: 'begin', set: {} }, GUARD.id)
    const { kinds } = await tablet.call<{
      kinds: {
        kind: string
        fields: { name: string; lines: { key: string; cells: { should: number } }[] }[]
      }[]
    }>('entry.kinds', {}, GUARD.id)
    const { lines } = kinds
      .find(({ kind }) => kind === 'shift_handover')!
      .fields.find(({ name }) => name === 'items')!
    const items = Object.fromEntries(lines.map(({ key, cells }) => [key, { counted: cells.should }]))
    const id = await enter('shift_handover', { from_shift: shift, to: NEXT.id, items })

    await window.go(`/entries/${id}`)
    await window.tap(await window.button('交班签字'))
    await window.sign()
    await window.tap(await window.button('交班签字'))
    await window.withText('待对方签字')
    await window.tap(await window.button('由别人来做：接班签字'))
    await window.withText(`由${NEXT.name}本人签`)
    await window.sign(90)
    await window.tap(await window.button('下一步：输入 PIN'))
    await window.enterPin(NEXT.pin)
    await window.withText('PIN 核验')
    await expect.poll(async () => (await entry(id)).stage).toBe('done')
    const signed = (await entry(id)).history.map(({ act, by, vouch, outcome }) => [
      act,
      by.name,
      vouch,
      outcome,
    ])
    expect(signed).toEqual([
      ['give', GUARD.name, 'pin', 'applied'],
      ['take', NEXT.name, 'pin', 'applied'],
    ])
    // The window may be too narrow to show the name beside its sign.
    expect(await (await window.find('.chip .name')).getAttribute('textContent')).toBe(GUARD.name)
  })

  test('the page of handovers stands ready for the printer, with both names and how much is known', async () => {
    // The printer's own dialog belongs to the system; of the button it is enough that it asks for it.
    await window.driver.executeScript('window.print = () => (window.wasAsked = true)')
    await window.go('/papers/shift_handover')
    const paper = async () => (await window.find('article')).getText()
    await expect.poll(() => paper().catch(() => ''), { timeout: WAIT }).toContain(NEXT.name)
    for (const words of ['交接班', GUARD.name, '数据截至', '含个人信息'])
      expect(await paper()).toContain(words)
    await window.tap(await window.button('打印'))
    expect(await window.driver.executeScript('return window.wasAsked')).toBe(true)
  })
})
