/** Numbers as people type them, held against their limits while they type; what is stored, the program decides. */
import { halfWidth } from '@/shared/format/text'
import type { Field } from '../types'

/** How a number stands to its limits; `none` while there is no number that can be read in one way only. */
export type Judgement = 'none' | 'fine' | 'low' | 'high'

/** The number that was typed, with or without its unit; null for anything that could be read otherwise. */
export function numberOf(typed: string): number | null {
  const plain = halfWidth(typed).trim().replace(/[−–—]/, '-').replace('。', '.')
  const found = /^(-?\d+(?:\.\d+)?)\s*[^\d.,\s]*$/.exec(plain)
  return found ? Number(found[1]) : null
}

/** Holds what was typed against the limits of its field. */
export function judge({ low, high }: Pick<Field, 'low' | 'high'>, typed: string): Judgement {
  const value = numberOf(typed)
  if (value === null) return 'none'
  if (low != null && value < Number(low)) return 'low'
  if (high != null && value > Number(high)) return 'high'
  return 'fine'
}

/** The numbers in the brackets of a declaration such as `TXT[1,40]`; none where it has none. */
export function boundsOf(declared: string): { least: number | null; most: number | null } {
  const [, inside = ''] = /\[([^\]]*)\]/.exec(declared) ?? []
  const [least, most] = inside.split(',').map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : null))
  return { least: least ?? null, most: most ?? null }
}

/** The count one step up or down, within the bounds of its field. */
export function stepped(declared: string, typed: string, by: 1 | -1): string {
  const { least, most } = boundsOf(declared)
  const now = numberOf(typed)
  const next = now === null ? (by > 0 ? Math.max(1, least ?? 0) : (least ?? 0)) : Math.round(now) + by
  return String(Math.min(most ?? Number.MAX_SAFE_INTEGER, Math.max(least ?? 0, next)))
}
