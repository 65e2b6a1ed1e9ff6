/** What stands in the files of a paper, read without any library: an xlsx is a zip of XML, a CSV is text. */
import { inflateRawSync } from 'node:zlib'

export interface WorkbookPage {
  name: string
  /** Cell by cell; numbers as numbers, and nothing as an empty text. */
  rows: (string | number)[][]
  /** Whether its head stays where it is while the rows are scrolled. */
  hasFrozenHead: boolean
  /** How many cells reckon with something. */
  formulas: number
}

const END = 0x06054b50
const STORED = 0
const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const plain = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, sign: string) => SIGNS[sign] ?? '')

/** The files of a zip by their names, as its directory at the end lists them. */
function unzip(bytes: Buffer): Map<string, string> {
  let end = bytes.length - 22
  while (bytes.readUInt32LE(end) !== END) end -= 1
  const files = new Map<string, string>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)]
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ]
    const head = bytes.readUInt32LE(at + 42)
    const from = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28)
    const packed = bytes.subarray(from, from + size)
    const content = method === STORED ? packed : inflateRawSync(packed)
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), content.toString('utf8'))
    at += 46 + name + extra + comment
  }
  return files
}

/** The place of a cell's column, the first being 0; `C7` stands in the third. */
const columnOf = (reference: string) =>
  [.../^[A-Z]+/.exec(reference)![0]].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

/** The pages of a workbook in their order. */
export function workbook(bytes: Buffer): WorkbookPage[] {
  const files = unzip(bytes)
  const texts = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, item]) =>
    [...(item ?? '').matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => plain(text ?? '')).join(''),
  )
  const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g)]
  return names.map(([, name], at) => {
    const page = files.get(`xl/worksheets/sheet${at + 1}.xml`) ?? ''
    const rows = [...page.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, cells]) => {
      const row: (string | number)[] = []
      for (const [, tag = '', body = ''] of (cells ?? '').matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
        const value = /<v>(.*?)<\/v>/s.exec(body)?.[1]
        const column = columnOf(/r="([^"]*)"/.exec(tag)?.[1] ?? 'A')
        while (row.length < column) row.push('')
        row.push(
          value === undefined ? '' : tag.includes('t="s"') ? (texts[Number(value)] ?? '') : Number(value),
        )
      }
      return row
    })
    return {
      name: plain(name ?? ''),
      rows,
      hasFrozenHead: /<pane [^>]*state="frozen"/.test(page),
      formulas: page.split('<f>').length - 1,
    }
  })
}

/** The cells of a CSV, line by line. */
export function csv(text: string): string[][] {
  const lines: string[][] = [[]]
  for (const [, quoted, bare, end] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)!.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'))
    if (end === '') break
    if (end !== ',') lines.push([])
  }
  return lines.filter((line) => line.some((cell) => cell !== ''))
}
