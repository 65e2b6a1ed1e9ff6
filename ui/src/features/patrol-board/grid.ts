/** Windows of some days as a table: a line a day, a column a window of a route. */
import type { PatrolCoverageRow as Row } from '@/backend'
import { addDays } from '@/shared/format/day'

export interface Column {
  key: string
  route: string
  /** A row of the window, which says what it is called. */
  row: Row
}
export interface Line {
  day: string
  isSchool: boolean
  /** By the order of the columns; null where nothing was to be walked. */
  cells: (Row | null)[]
}

export type Period = 'week' | 'month'

const keyOf = ({ route, window }: Row) => `${route} ${window}`
/** When in the day a window begins, by the clock: nights come behind the days that they follow. */
const order = (a: Column, b: Column) => a.route.localeCompare(b.route) || startOf(a.row) - startOf(b.row)
const startOf = ({ day, from }: Row) => from - Date.parse(`${day}T00:00:00Z`)

/**
 * The columns by route and time, the lines newest last. `days` names every day that is over or has begun.
 * The lines begin with the first day on which something was to be walked: a plan made in the middle of a month has nothing before.
 */
export function gridOf(rows: readonly Row[], days: readonly { day: string; is_school: boolean }[]) {
  const columns = new Map<string, Column>()
  // The newest row says what a window is called now.
  for (const row of rows) columns.set(keyOf(row), { key: keyOf(row), route: row.route, row })
  const sorted = [...columns.values()].sort(order)
  const byPlace = new Map(rows.map((row) => [`${row.day} ${keyOf(row)}`, row]))
  const lines = days.map(({ day, is_school }): Line => ({
    day,
    isSchool: is_school,
    cells: sorted.map(({ key }) => byPlace.get(`${day} ${key}`) ?? null),
  }))
  const first = lines.findIndex(({ cells }) => cells.some((cell) => cell !== null))
  return { columns: sorted, lines: lines.slice(Math.max(first, 0)) }
}

/** The first and last day of the week or month that a day lies in. */
export function daysOf(period: Period, day: string): { from: string; to: string } {
  if (period === 'month') {
    const first = `${day.slice(0, 7)}-01`
    return { from: first, to: addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1) }
  }
  const monday = addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
  return { from: monday, to: addDays(monday, 6) }
}

/** A day of the period before or after. */
export function stepTo(period: Period, day: string, step: 1 | -1): string {
  const { from, to } = daysOf(period, day)
  return step < 0 ? addDays(from, -1) : addDays(to, 1)
}

/** The cell that an arrow leads to; stays inside, and the same for other keys. */
export function moved(
  [line, column]: readonly [number, number],
  key: string,
  [lines, columns]: readonly [number, number],
): readonly [number, number] {
  const inside = (at: number, of: number) => Math.min(Math.max(at, 0), of - 1)
  switch (key) {
    case 'ArrowUp':
      return [inside(line - 1, lines), column]
    case 'ArrowDown':
      return [inside(line + 1, lines), column]
    case 'ArrowLeft':
      return [line, inside(column - 1, columns)]
    case 'ArrowRight':
      return [line, inside(column + 1, columns)]
    case 'Home':
      return [line, 0]
    case 'End':
      return [line, inside(columns - 1, columns)]
    default:
      return [line, column]
  }
}
