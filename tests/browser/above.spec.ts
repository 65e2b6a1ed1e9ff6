/** What lies above a page, and what bars cover: Back, the lock, words that are being composed, a small screen. */
import { expect, test, type CDPSession, type Page } from '@playwright/test'
import { Form } from '../support/form'
import { call, go, openTablet } from '../support/page'
import { OPEN_CHECK, PEOPLE, School, type Tablet } from '../support/school'

/** A photo of 2x2 pixels. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAANHQEDasKb6QAAAABJRU5ErkJggg=='

test.describe.configure({ mode: 'serial' })

test.describe('above a page', () => {
  let school: School
  let tablet: Tablet
  let page: Page
  let finding: string
  const complaints: string[] = []
  const dialog = () => page.getByRole('dialog')
  const path = () => page.evaluate(() => location.hash)

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    await school.stop()
    const context = await browser.newContext({ permissions: ['camera'], hasTouch: true })
    page = await context.newPage()
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text())
    })
    await openTablet(page, tablet, PEOPLE.head)
    const answer = await call<{ findings: { id: string }[] }>(page, 'finding.list', { state: 'open' })
    finding = answer.findings[0]!.id
  })
  test.afterAll(async () => {
    await page.context().close()
    await tablet.close()
  })

  /** Opens the first step of the finding that has a sheet. */
  async function openSheet() {
    await go(page, '/findings')
    await go(page, `/findings/${finding}`)
    await page.locator('.steps button').first().click()
    await expect(dialog()).toBeVisible()
  }

  test('Back closes a step sheet, and then leaves the page', async () => {
    await openSheet()
    await page.goBack()
    await expect(dialog()).toHaveCount(0)
    expect(await path()).toBe(`#/findings/${finding}`)
    await page.goBack()
    await expect.poll(path).toBe('#/findings')
  })

  test('a sheet that its own button closed is no station on the way back', async () => {
    await openSheet()
    await dialog().getByRole('button', { name: '关闭' }).click()
    await expect(dialog()).toHaveCount(0)
    await page.goBack()
    await expect.poll(path).toBe('#/findings')
  })

  test('Escape closes a sheet and gives the focus back to its button', async () => {
    await openSheet()
    await page.keyboard.press('Escape')
    await expect(dialog()).toHaveCount(0)
    await expect(page.locator('.steps button').first()).toBeFocused()
  })

  test('Back closes a photo and the camera, and the form stays', async () => {
    await go(page, '/inspections')
    const form = await Form.open(page, OPEN_CHECK)
    await form.verdict('09', '不合格')
    const input = form.item('09').locator('.gallery input[type=file]')
    await input.setInputFiles({
      name: 'a.png',
      mimeType: 'image/png',
      buffer: Buffer.from(PICTURE, 'base64'),
    })
    await form.item('09').locator('.tiles button.tile img').first().waitFor()
    await form.item('09').locator('.tiles button.tile').first().click()
    await expect(dialog()).toBeVisible()
    await page.goBack()
    await expect(dialog()).toHaveCount(0)
    expect(await path()).toBe(`#/inspections/${OPEN_CHECK}`)
    await page.goBack()
    await expect.poll(path).toBe('#/inspections')
  })

  test('nothing lies over the choice of persons, nor over the page when its person is back', async () => {
    await openSheet()
    // Where the lock leads, too.
    await go(page, '/people-here')
    await expect(dialog()).toHaveCount(0)
    await page.getByText(PEOPLE.head.name).first().click()
    await expect.poll(path).not.toContain('people-here')
    await expect(dialog()).toHaveCount(0)
    await go(page, `/findings/${finding}`)
    const button = page.locator('.steps button').first()
    await button.click()
    await expect(dialog()).toBeVisible()
    await page.keyboard.press('Escape')
  })

  /** Composes a word in the field that has the focus, as an input method does; `key` is pressed meanwhile. */
  async function compose(session: CDPSession, key: string, code: number) {
    await session.send('Input.imeSetComposition', { text: 'tang', selectionStart: 4, selectionEnd: 4 })
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, windowsVirtualKeyCode: 229 })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode: code })
  }

  test('no key is a command while a word is composed', async () => {
    const form = await Form.start(page)
    const session = await page.context().newCDPSession(page)
    await form.verdict('06', '不合格')
    const note = form.item('06').locator('[data-note]')
    for (const [key, code] of [
      ['Enter', 13],
      ['ArrowDown', 40],
      ['Escape', 27],
    ] as const) {
      await note.focus()
      await compose(session, key, code)
      await expect(note).toBeFocused()
    }
    await session.send('Input.insertText', { text: '汤' })
    await expect(note).toHaveValue('汤')
    const measured = form.item('07').locator('input[data-main]').first()
    await measured.focus()
    await compose(session, 'Enter', 13)
    await expect(measured).toBeFocused()
    await session.detach()
  })

  test('a field that has the focus is fully visible on a small screen, whatever bars there are', async () => {
    await page.setViewportSize({ width: 390, height: 480 })
    const hidden: string[] = []
    for (const at of ['/findings/new', '/inspections/new', `/inspections/${OPEN_CHECK}`, '/search']) {
      await go(page, at)
      const fields = page.locator(
        'input:not([type=file], [type=hidden], [aria-hidden]):visible, textarea:visible, select:visible',
      )
      await fields.first().waitFor()
      for (let n = 0; n < Math.min(8, await fields.count()); n += 1) {
        await fields.nth(n).focus()
        const seen = () =>
          fields.nth(n).evaluate((field) => {
            const { left, width, top, bottom } = field.getBoundingClientRect()
            const isOn = (y: number) => {
              const met = document.elementFromPoint(left + width / 2, y)
              return met !== null && (field === met || field.contains(met) || met.contains(field))
            }
            return isOn(top + 2) && isOn((top + bottom) / 2) && isOn(bottom - 2)
          })
        await expect
          .poll(seen)
          .toBe(true)
          .catch(async () =>
            hidden.push(`${at}: ${await fields.nth(n).evaluate((field) => field.outerHTML)}`),
          )
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    expect(hidden).toEqual([])
  })

  test('the policy without styles in a page hinders nothing', () => {
    expect(complaints).toEqual([])
  })
})
