/** An Excel file as a school keeps its lists in, written without any library: a zip of XML. */
import { crc32 } from 'node:zlib'

/** What stands in a cell; a day is a cell of its own sort, as spreadsheets have it. */
export type Cell = string | boolean | Date

const DAY_MS = 86_400_000
/** The day from which spreadsheets count. */
const FIRST_DAY = Date.UTC(1899, 11, 30)
const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50]
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const column = (at: number) => String.fromCharCode(65 + at)

function cell(value: Cell, at: string): string {
  if (typeof value === 'string') return `<c r="${at}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`
  if (typeof value === 'boolean') return `<c r="${at}" t="b"><v>${Number(value)}</v></c>`
  return `<c r="${at}" s="1"><v>${(value.getTime() - FIRST_DAY) / DAY_MS}</v></c>`
}

/** A file of the zip: what stands before its bytes, and what the directory says of it. */
function entry(name: string, content: string, at: number): { local: Buffer; central: Buffer } {
  const [path, bytes] = [Buffer.from(name), Buffer.from(content)]
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt32LE(crc32(bytes), 10)
  facts.writeUInt32LE(bytes.length, 14)
  facts.writeUInt32LE(bytes.length, 18)
  facts.writeUInt16LE(path.length, 22)
  const signed = (sign: number, ...parts: Buffer[]) => {
    const head = Buffer.alloc(4)
    head.writeUInt32LE(sign)
    return Buffer.concat([head, ...parts])
  }
  const [madeBy, place] = [Buffer.from([20, 0]), Buffer.alloc(14)]
  place.writeUInt32LE(at, 10)
  return {
    local: signed(LOCAL, facts, path, bytes),
    central: signed(CENTRAL, madeBy, facts, place, path),
  }
}

/** A workbook of one sheet with these rows, the first of them its heads. */
export function spreadsheet(rows: readonly (readonly Cell[])[]): Buffer {
  const lines = rows.map((row, line) => {
    const cells = row.map((value, at) => cell(value, `${column(at)}${line + 1}`))
    return `<row r="${line + 1}">${cells.join('')}</row>`
  })
  const relation = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`
  const relations = (inner: string) =>
    `<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`
  const part = (name: string, kind: string) =>
    `<Override PartName="/xl/${name}" ContentType="${SHEET}.${kind}+xml"/>`
  const parts: [string, string][] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ` +
        `ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        part('workbook.xml', 'sheet.main') +
        part('worksheets/sheet1.xml', 'worksheet') +
        part('styles.xml', 'styles') +
        '</Types>',
    ],
    ['_rels/.rels', relations(relation('r1', 'officeDocument', 'xl/workbook.xml'))],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
        '<sheet name="名单" sheetId="1" r:id="r1"/></sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations(
        relation('r1', 'worksheet', 'worksheets/sheet1.xml') + relation('r2', 'styles', 'styles.xml'),
      ),
    ],
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    ],
    [
      'xl/worksheets/sheet1.xml',
      `<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData></worksheet>`,
    ],
  ]
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const [name, content] of parts) {
    const { local, central } = entry(name, `<?xml version="1.0" encoding="UTF-8"?>${content}`, at)
    locals.push(local)
    centrals.push(central)
    at += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}
