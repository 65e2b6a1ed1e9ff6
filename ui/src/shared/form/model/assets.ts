/** Lines of a class's property. */
import type { DamageAction, DamageCause } from '@/backend'
import { halfWidth } from '@/shared/format/text'
import type { AssetLine } from '../types'

export const CAUSES: readonly DamageCause[] = ['自然', '人为', '不明']
export const ACTIONS: readonly DamageAction[] = ['维修', '更换', '报废', '赔偿']

/** The option that was chosen; null for the one that says nothing. */
export const oneOf = <T extends string>(options: readonly T[], chosen: string): T | null =>
  options.find((option) => option === chosen) ?? null

/** What is counted on a line. */
export type Count = 'expected' | 'found' | 'damaged'
export const COUNTS: readonly Count[] = ['expected', 'found', 'damaged']

/** The lines of a result; nothing where it is something else. */
export function linesOf(result: unknown): AssetLine[] {
  if (!Array.isArray(result)) return []
  return result
    .filter((one): one is AssetLine => one !== null && typeof one === 'object')
    .map((line) => ({ ...line }))
}

/** A whole number from what was typed; null for an empty field, undefined for what is no count. */
export function readCount(typed: string): number | null | undefined {
  const plain = halfWidth(typed).trim()
  if (plain === '') return null
  return /^\d{1,6}$/.test(plain) ? Number(plain) : undefined
}

/** How many pieces are damaged or missing. */
export function wanting(line: AssetLine): number {
  const missing = Math.max(0, (line.expected ?? 0) - (line.found ?? line.expected ?? 0))
  return (line.damaged ?? 0) + missing
}

/** The line as it is stored: 完好 follows from the rest, and what is empty is left out. */
export function toStored(line: AssetLine): AssetLine {
  const found = line.found ?? line.expected ?? null
  const intact = found === null ? null : Math.max(0, found - (line.damaged ?? 0))
  const entries = Object.entries({ ...line, intact }).filter(
    ([, value]) => value !== null && value !== '' && value !== undefined,
  )
  return { name: '', ...Object.fromEntries(entries) } as AssetLine
}

/** Whether nothing was written on the line. */
export function isBlank(line: AssetLine): boolean {
  return Object.values(line).every((value) => value === null || value === undefined || value === '')
}
