/** What a thumb and a tired eye need: fields high enough, whole photos, whole words on a phone. */
import { deflateSync } from 'node:zlib'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { Form } from '../support/form'
import { go, openTablet } from '../support/page'
import { PEOPLE, School, type Tablet } from '../support/school'

/** What a finger hits without looking. */
const TARGET_PX = 40

/** A PNG of one colour. */
function picture(width: number, height: number): Buffer {
  const crcOf = (bytes: Buffer) => {
    let crc = 0xffffffff
    for (const byte of bytes) {
      crc ^= byte
      for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    }
    return (crc ^ 0xffffffff) >>> 0
  }
  const chunk = (name: string, content: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), content])
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(content.length)
    crc.writeUInt32BE(crcOf(body))
    return Buffer.concat([length, body, crc])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const rows = Buffer.alloc(height * (1 + width * 3), 0x60)
  for (let row = 0; row < height; row += 1) rows[row * (1 + width * 3)] = 0
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

test.describe('within reach', () => {
  let school: School
  let tablet: Tablet
  let page: Page

  test.beforeAll(async ({ browser }) => {
    school = await School.make({ demo: true })
    await school.start()
    tablet = await school.tablet('平板 1')
    page = await (await browser.newContext({ hasTouch: true })).newPage()
    await openTablet(page, tablet, PEOPLE.fso)
  })
  test.afterAll(async () => {
    await page?.context().close()
    await tablet?.close()
    await school?.stop()
  })

  /** The tablet's screens once more, as a phone shows them. */
  async function phone(browser: Browser): Promise<Page> {
    const { cookies } = await page.context().storageState()
    const viewport = { width: 390, height: 844 }
    const other = await (
      await browser.newContext({ viewport, storageState: { cookies, origins: [] } })
    ).newPage()
    await other.goto(new URL('/', page.url()).href)
    await other.locator('h1').first().waitFor()
    return other
  }

  test('no field of a check is lower than a finger', async () => {
    await Form.start(page)
    const low = await page.locator('[data-item]').evaluateAll(
      (rows, least) =>
        rows
          .flatMap((row) => Array.from(row.querySelectorAll<HTMLElement>('input, textarea, select')))
          .filter((field) => !['file', 'radio', 'checkbox'].includes(field.getAttribute('type') ?? ''))
          .map((field) => ({
            of: field.closest('[data-item]')?.getAttribute('data-item'),
            ...field.getBoundingClientRect().toJSON(),
          }))
          .filter(({ height, width }) => width > 0 && height < least)
          .map(({ of, height }) => `${of}: ${height} px`),
      TARGET_PX,
    )
    expect(low).toEqual([])
  })

  test('an upright photo is seen whole in its tile', async () => {
    const form = await Form.start(page)
    await form.verdict('06', '不合格')
    const file = { name: 'door.png', mimeType: 'image/png', buffer: picture(300, 900) }
    await form.item('06').locator('input[type=file]').setInputFiles(file)
    const tile = form.item('06').locator('.tiles img').first()
    await expect(tile).toBeVisible()
    await expect
      .poll(() => tile.evaluate((image) => (image as HTMLImageElement).naturalHeight))
      .toBeGreaterThan(0)
    const drawn = await tile.evaluate((image) => {
      const { naturalWidth, naturalHeight, clientWidth, clientHeight } = image as HTMLImageElement
      const cut = ['cover', 'none'].includes(getComputedStyle(image).objectFit)
      return { isUpright: naturalHeight > naturalWidth, cut, box: [clientWidth, clientHeight] }
    })
    expect(drawn).toMatchObject({ isUpright: true, cut: false })
  })

  test('on a phone the day stands on one line, and the search says whole what it takes', async ({
    browser,
  }) => {
    const small = await phone(browser)
    await go(small, '/today')
    const broken = await small
      .locator('.detail')
      .first()
      .evaluate((detail) => {
        const words = /\d+月\d+日|星期./g
        const walker = document.createTreeWalker(detail, NodeFilter.SHOW_TEXT)
        const found: string[] = []
        for (let node = walker.nextNode(); node; node = walker.nextNode())
          for (const match of (node.textContent ?? '').matchAll(words)) {
            const range = document.createRange()
            range.setStart(node, match.index)
            range.setEnd(node, match.index + match[0].length)
            const lines = new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top)))
            if (lines.size > 1) found.push(match[0])
          }
        return found
      })
    expect(broken).toEqual([])
    await go(small, '/search')
    const room = await small.locator('input[type=search]').evaluate((element) => {
      const input = element as HTMLInputElement
      const style = getComputedStyle(input)
      const pen = document.createElement('canvas').getContext('2d')!
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
      const inside = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
      return inside - pen.measureText(input.placeholder).width
    })
    expect(room).toBeGreaterThanOrEqual(0)
    await small.context().close()
  })
})
