/** Measured values as people type them: how many are asked, what they say at once, and what goes to the command. */
import type { CommandError } from '@/backend'
import { halfWidth } from '@/shared/format/text'
import type { Item, Limits, Reading } from '../types'

/** One field of a measured item. */
export interface Cell {
  /** Stays the same while the field is on screen. */
  key: number
  text: string
  of: string
  retest: boolean
}

/** Whether the groups of digits are thousands, such as 1 and 234. */
const isGrouped = ([first = '', ...rest]: readonly string[]) =>
  /^[1-9]\d{0,2}$/.test(first) && rest.every((group) => /^\d{3}$/.test(group))

/** Digits with a point at most, from digits with points and commas; null for what has no or two meanings. */
function canonical(digits: string): string | null {
  const [points, commas] = ['.', ','].map((sign) => digits.split(sign).length - 1) as [number, number]
  if (commas === 0) return points > 1 ? null : digits
  // 1,234 may be a thousand or one and a bit.
  if (points === 0 && commas === 1)
    return isGrouped(digits.split(',')) || !/^\d+,\d+$/.test(digits) ? null : digits.replace(',', '.')
  const isPointLast = digits.lastIndexOf('.') > digits.lastIndexOf(',')
  if (points > 1 && (isPointLast || commas > 1)) return null
  const [separator, point] = points === 0 || isPointLast ? [',', '.'] : ['.', ',']
  const [whole = '', fraction] = digits.split(point)
  const groups = whole.split(separator)
  if (!isGrouped(groups) || (point === ',' && !fraction)) return null
  return fraction ? `${groups.join('')}.${fraction}` : groups.join('')
}

/**
 * The number in what was typed, as the store reads it: full-width figures, a comma for the point and a unit behind it are understood;
 * null for what is none, and for what has two meanings.
 */
export function readNumber(typed: string): number | null {
  const plain = halfWidth(typed.trim()).replace(/。/g, '.').replace(/[−–]/g, '-')
  const [, sign = '', digits = ''] = /^([+-]?)\s*([\d.,\s]*?)\s*(?:[^\d.,\s]\D*)?$/.exec(plain) ?? []
  if (!/\d/.test(digits) || /\s/.test(digits)) return null
  const number = canonical(digits)
  return number === null ? null : Number(sign + number)
}

/** Whether a value is taken without a question. */
export function isLikely(value: number, likely: Limits | null | undefined): boolean {
  return likely == null || sideOf(value, likely) === 'inside'
}

/** Why a measured value was not taken. */
export type Refusal =
  | { kind: 'ambiguous'; typed: string; meanings: string[] }
  | { kind: 'unlikely'; value: string; of: string }
  | { kind: 'other_unit' | 'number' }

/** Whether a measured value was not taken: more can be said of it than that it was not. */
export function isRefusedValue({ type }: Pick<Item, 'type'>, { code, details }: CommandError): boolean {
  const isMeasured = type === 'number' || type === 'temperature'
  return isMeasured && code === 'bad-answer' && ['number', 'unlikely'].includes(String(details['reason']))
}

/** Reads what the command says about it. */
export function refusalOf({ details }: Pick<CommandError, 'details'>): Refusal {
  const text = (name: string) => (typeof details[name] === 'string' ? details[name] : '')
  if (details['number'] === 'ambiguous')
    return {
      kind: 'ambiguous',
      typed: text('typed'),
      meanings: [text('as_decimal'), text('as_thousands')].filter(Boolean),
    }
  if (details['reason'] === 'unlikely') return { kind: 'unlikely', value: text('value'), of: text('of') }
  return { kind: details['number'] === 'other_unit' ? 'other_unit' : 'number' }
}

/** Whether a value can be below zero, so that a keypad without a minus needs help. */
export function mayBeNegative(item: Pick<Item, 'type' | 'limits'>): boolean {
  if (item.type !== 'temperature') return false
  const { min, max } = item.limits ?? {}
  return min == null || Number(min) < 0 || (max != null && Number(max) <= 0)
}

/** Where a value lies. */
export function sideOf(
  value: number | null,
  limits: Limits | null | undefined,
): 'below' | 'above' | 'inside' | null {
  if (value === null || !limits) return null
  if (limits.min != null && value < Number(limits.min)) return 'below'
  if (limits.max != null && value > Number(limits.max)) return 'above'
  return 'inside'
}

/** For each thing the last retest counts; of things without one all readings count. */
export function countedReadings(readings: readonly Reading[]): Reading[] {
  return readings.filter((reading, at) => {
    const isSame = (other: Reading) => (other.of ?? '') === (reading.of ?? '')
    if (reading.retest) return !readings.slice(at + 1).some((later) => isSame(later) && later.retest)
    return !readings.some((other) => isSame(other) && other.retest)
  })
}

/** Whether all that count lie inside; null without limits or values. */
export function allInside(readings: readonly Reading[], limits: Limits | null | undefined): boolean | null {
  const sides = countedReadings(readings).map(({ v }) => sideOf(readNumber(v), limits))
  if (sides.length === 0 || sides.includes(null)) return null
  return sides.every((side) => side === 'inside')
}

/** Whether all that count are equal, as 应到 and 实到. */
export function allEqual(readings: readonly Reading[]): boolean {
  const values = countedReadings(readings).map(({ v }) => readNumber(v))
  return values.every((value) => value === values[0])
}

/** The readings in a result; nothing where it is something else. */
export function readingsOf(result: unknown): Reading[] {
  if (!Array.isArray(result)) return []
  return result
    .filter((one): one is Reading => one !== null && typeof one === 'object' && 'v' in one)
    .map(({ v, of, retest }) => ({ v: String(v), ...(of ? { of } : {}), ...(retest ? { retest } : {}) }))
}

/** What a field is called in the record: its own name, or its place where there are several. */
export function nameOf(cells: readonly Cell[], cell: Cell): string {
  const firsts = cells.filter(({ retest }) => !retest)
  const name = cell.of.trim()
  if (name !== '' || cell.retest || firsts.length < 2) return name
  return `第 ${firsts.findIndex(({ key }) => key === cell.key) + 1} 份`
}

/** What goes to the command: the fields that hold something; null when none does. */
export function toReadings(cells: readonly Cell[]): Reading[] | null {
  const filled = cells.filter(({ text }) => text.trim() !== '')
  if (filled.length === 0) return null
  return filled.map((cell) => {
    const of = nameOf(cells, cell)
    return { v: cell.text.trim(), ...(of ? { of } : {}), ...(cell.retest ? { retest: true } : {}) }
  })
}

/** One more field; what had no name until now gets its place, so that a retest still belongs to it. */
export function withOneMore(cells: readonly Cell[]): Cell[] {
  const named = cells.map((cell) => ({ ...cell, of: cell.of.trim() || '第 1 份' }))
  const isFirstOther = cells.filter(({ retest }) => !retest).length === 1
  return [...(isFirstOther ? named : cells), newCell()]
}

/** The same fields, with an empty one behind `cell` for measuring the same thing again. */
export function withRetest(cells: readonly Cell[], cell: Cell): Cell[] {
  const at = cells.findIndex(({ key }) => key === cell.key)
  const again = newCell('', nameOf(cells, cells[at] ?? cell), true)
  return [...cells.slice(0, at + 1), again, ...cells.slice(at + 1)]
}

let nextKey = 1

/** The fields for a result: its readings, then empty ones up to what is asked. */
export function toCells(result: unknown, asked: number): Cell[] {
  const cells = readingsOf(result).map(({ v, of, retest }) => newCell(v, of ?? '', retest ?? false))
  while (cells.filter(({ retest }) => !retest).length < asked) cells.push(newCell())
  return cells
}

export function newCell(text = '', of = '', retest = false): Cell {
  return { key: nextKey++, text, of, retest }
}

/** The minus sign put before, or taken away. */
export function flipSign(text: string): string {
  return /^\s*[-−－]/.test(text) ? text.replace(/^\s*[-−－]/, '') : `-${text}`
}
