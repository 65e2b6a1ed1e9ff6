/** What is typed on the pad: digits and at most one point, and never anything that nobody typed. */
import { halfWidth } from '@/shared/format/text'

export const POINT = '.'
/** No temperature and no weight of a kitchen is longer. */
const LONGEST = 7

/** What stands there after a key; what makes no number is not taken. */
export function withKey(typed: string, key: string): string {
  if (key === POINT && typed.includes(POINT)) return typed
  if (typed.length >= LONGEST) return typed
  return key === POINT && typed === '' ? `0${POINT}` : typed + key
}

/** The number that was typed, as it is saved; null while it is none. */
export function numberOf(typed: string): string | null {
  const plain = halfWidth(typed).trim().replace(',', POINT)
  return /^\d+(\.\d+)?$/.test(plain) ? plain : null
}

/** Whether a code that came at once is a number, as a thermometer types it. */
export const isNumber = (code: string): boolean => /^\d{1,4}([.,]\d{1,3})?$/.test(code)

/** Whether a number lies under a limit that is known. */
export function isBelow(typed: string, limit: string | null): boolean {
  const value = numberOf(typed)
  return value !== null && limit !== null && Number(value) < Number(limit)
}

/** Whether a number lies above a limit that is known. */
export function isAbove(typed: string, limit: string | null): boolean {
  const value = numberOf(typed)
  return value !== null && limit !== null && Number(value) > Number(limit)
}
