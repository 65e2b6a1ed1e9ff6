/** A sheet as the lines of a page: what has no column of its own goes into the remarks, and a day that nobody wrote has a line. */
import type { Column, Gap, Sheet } from './types'

export interface Cell {
  key: string
  label: string
  type: string
  text: string
  isCorrected: boolean
}

export interface Row {
  kind: 'row'
  key: string
  number: number
  cells: readonly Cell[]
  /** What stands in the columns that the page has no room for. */
  others: readonly { label: string; text: string }[]
  isLate: boolean
  isContested: boolean
  /** 签字后补录: when it happened and when it was written down. */
  after: readonly string[] | null
}

export interface Missing {
  kind: 'gap'
  key: string
  gap: Gap
}

export interface Head {
  kind: 'head'
  key: string
  day: string
}

/** Stands above the rows that came after the signature. */
export interface After {
  kind: 'after'
  key: string
}

export type Line = Row | Missing | Head | After

/** The columns that stand on the page. */
export const mainColumns = (sheet: Sheet): readonly Column[] => sheet.columns.filter(({ main }) => main)

/** Whether the rows stand under their days. */
const isUnderDays = (sheet: Sheet): boolean => sheet.shape === 'day' && isByDay(sheet)

/** What a column without room on the page says of a row; the day that stands above the row is not told again. */
function asideOf(sheet: Sheet): (row: number, column: Column, text: string | null | undefined) => boolean {
  const isHeaded = isUnderDays(sheet)
  return (row, column, text) => {
    if (column.main || !text) return false
    const line = sheet.lines[row]
    const isAbove = isHeaded && !line?.after_signing && column.type === 'date' && line?.day === text
    return !isAbove
  }
}

/** Whether anything stands in a column that the page has no room for. */
export function hasOthers(sheet: Sheet): boolean {
  const isAside = asideOf(sheet)
  return sheet.rows.some((row, at) => sheet.columns.some((column, index) => isAside(at, column, row[index])))
}

function rowsOf(sheet: Sheet): Row[] {
  const isAside = asideOf(sheet)
  const corrected = new Set(sheet.corrections.map(({ row, column }) => `${row}/${column}`))
  return sheet.rows.map((texts, at) => {
    const cells = sheet.columns.map((column, index) => ({
      ...column,
      text: texts[index] ?? '',
      isCorrected: corrected.has(`${at + 1}/${column.key}`),
    }))
    return {
      kind: 'row',
      key: `row-${at}`,
      number: at + 1,
      cells: cells.filter(({ main }) => main),
      others: cells.filter((cell) => isAside(at, cell, cell.text)),
      isLate: sheet.lines[at]?.late ?? false,
      isContested: sheet.lines[at]?.conflict ?? false,
      after: sheet.lines[at]?.after_signing ?? null,
    }
  })
}

/** The days that something is missing for. */
export const spanOf = ({ day, until }: Gap): string => (until ? `${day} ~ ${until}` : day)

/** Whether the rows stand in the order of their days, so that a missing one has a place among them. */
export function isByDay(sheet: Sheet): boolean {
  const days = sheet.lines.filter(({ after_signing }) => !after_signing).map(({ day }) => day)
  return (
    sheet.shape !== 'grid' &&
    days.every((day, at) => day !== null && (at === 0 || (days[at - 1] ?? '') <= day))
  )
}

/** The lines of a page; those of a day sheet stand under their days. */
export function linesOf(sheet: Sheet): readonly Line[] {
  const all = rowsOf(sheet)
  const rows = all.filter(({ after }) => !after)
  const late = all.filter(({ after }) => after)
  const behind: Line[] = late.length > 0 ? [{ kind: 'after', key: 'after' }, ...late] : []
  return [...inOrder(sheet, rows), ...behind]
}

function inOrder(sheet: Sheet, rows: readonly Row[]): readonly Line[] {
  if (!isByDay(sheet)) return rows
  const days = new Map<string, Line[]>()
  const put = (day: string, line: Line) => {
    const lines = days.get(day)
    if (lines) lines.push(line)
    else days.set(day, [line])
  }
  rows.forEach((row) => put(sheet.lines[row.number - 1]?.day ?? '', row))
  sheet.gaps.forEach((gap, at) => put(gap.day, { kind: 'gap', key: `gap-${at}`, gap }))
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, lines]) =>
      sheet.shape === 'day' ? [{ kind: 'head' as const, key: `head-${day}`, day }, ...lines] : lines,
    )
}
