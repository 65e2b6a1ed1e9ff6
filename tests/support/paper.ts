/** What stands on paper: a page is printed by the browser, and read back from the PDF. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { scratchFolder } from './programs'

/** One line of a printed page, and where it stands, in points from the upper left corner. */
export interface PrintedLine {
  text: string
  left: number
  top: number
  width: number
  bottom: number
}
export interface PrintedPage {
  width: number
  height: number
  lines: PrintedLine[]
  text: string
}

const TEXT = /&(amp|lt|gt|quot|#39);/g
const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const plain = (text: string) => text.replace(TEXT, (_, sign: string) => SIGNS[sign] ?? '')
const numbers = (tag: string) =>
  Object.fromEntries([...tag.matchAll(/(\w+)="([\d.]+)"/g)].map(([, name, value]) => [name, Number(value)]))

/**
 * Prints a page as its browser would, and reads what came out.
 *
 * A browser's own dialog takes the side on which the page lies from its style; who drives a browser has to say `landscape` as well,
 * else the pages are counted as they would lie upright.
 */
export async function print(page: Page, keep?: string, landscape = false): Promise<PrintedPage[]> {
  const file = keep ?? join(scratchFolder(), 'printed.pdf')
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, landscape }))
  const html = execFileSync('pdftotext', ['-bbox-layout', file, '-'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  return html
    .split('<page ')
    .slice(1)
    .map((part) => {
      const size = numbers(part.slice(0, part.indexOf('>')))
      const lines = part
        .split('<line ')
        .slice(1)
        .map((line) => {
          const box = numbers(line.slice(0, line.indexOf('>')))
          const words = [...line.matchAll(/<word [^>]*>([^<]*)<\/word>/g)].map(([, word]) =>
            plain(word ?? ''),
          )
          return {
            text: words.join(' '),
            left: box['xMin'] ?? 0,
            top: box['yMin'] ?? 0,
            width: (box['xMax'] ?? 0) - (box['xMin'] ?? 0),
            bottom: box['yMax'] ?? 0,
          }
        })
        .sort((a, b) => a.top - b.top || a.left - b.left)
      return {
        width: size['width'] ?? 0,
        height: size['height'] ?? 0,
        lines,
        text: lines.map(({ text }) => text).join('\n'),
      }
    })
}

/**
 * The lines that run beyond the edge of their page, `margin` points of it to the right kept free.
 *
 * One list to compare with none: an expectation for each line takes minutes where there are thousands.
 */
export function beyond(page: PrintedPage, margin: number): string[] {
  const isOut = (line: PrintedLine) =>
    line.left + line.width > page.width - margin || line.bottom > page.height
  return page.lines.filter(isOut).map(({ text }) => text)
}

/** What a page prints, cell by cell as it was drawn: a text that wraps goes on before the cell beside it begins. */
export async function printedInOrder(page: Page, landscape = false): Promise<string> {
  const file = join(scratchFolder(), 'printed.pdf')
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, landscape }))
  return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 })
}
