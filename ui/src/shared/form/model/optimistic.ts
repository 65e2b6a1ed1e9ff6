/** What a row shows between the tap and the store's answer; held to the store's own answers by `cases.test.ts`. */
import type { Draft, Item, Need } from '../types'
import { linesOf, wanting } from './assets'
import { allEqual, allInside, isLikely, readNumber, readingsOf } from './measure'
import { signaturesOf } from './signature'

/** Whether a value answers nothing. */
export function isEmpty(result: unknown): boolean {
  if (result === null || result === undefined) return true
  if (typeof result === 'string') return result.trim() === ''
  return Array.isArray(result) && result.length === 0
}

/** Whether measured values pass; null where the limits, or the value to be reached, are not known here. */
function judgeMeasured(item: Item, result: unknown): boolean | null {
  const readings = readingsOf(result)
  const isInside = item.limits ? allInside(readings, item.limits) : null
  if (isInside === null || (isInside && item.equals !== null)) return null
  return isInside && (!item.must_agree || allEqual(readings))
}

/** How many different people have signed; signatures without a name may be of one person. */
const signersOf = (result: unknown) => new Set(signaturesOf(result).map(({ by }) => by ?? '')).size

/** Whether the item passes with `result`; null where that is not known here. */
export function judge(item: Item, result: unknown): boolean | null {
  switch (item.type) {
    case 'pass_fail':
      return result === 'pass' ? true : result === 'fail' ? false : null
    case 'score': {
      const points = Number(result)
      return Number.isFinite(points) && item.passes_from !== null ? points >= Number(item.passes_from) : null
    }
    case 'number':
    case 'temperature':
      return judgeMeasured(item, result)
    case 'choice':
      return typeof result === 'string' ? !item.failing.includes(result) : null
    case 'signature':
      return signersOf(result) >= (item.signers ?? 1)
    case 'assets':
      return linesOf(result).every((line) => wanting(line) === 0)
    default:
      return true
  }
}

const isMeasured = (item: Item) => item.type === 'number' || item.type === 'temperature'

function needs(item: Item, result: unknown, passed: boolean | null, note: string | null | undefined): Need[] {
  const hasNote = (note ?? '').trim() !== ''
  if (isEmpty(result)) return ['answer']
  if (result === 'na') return hasNote ? [] : ['note']
  const isExplained = typeof result === 'string' && item.explain.includes(result)
  const isPhotoDue =
    isExplained || item.photo === 'always' || (item.photo === 'when_failed' && passed === false)
  return [
    ...(isPhotoDue && item.photos.length === 0 ? (['photo'] as const) : []),
    ...((passed === false || isExplained) && !hasNote ? (['note'] as const) : []),
  ]
}

/** Whether a value is a number without a doubt, and one that nobody asks about. */
function isPlain(item: Item, typed: string): boolean {
  const value = readNumber(typed)
  return value !== null && isLikely(value, item.likely)
}

/** The item as it will most likely be once `draft` is stored. */
export function withDraft(item: Item, draft: Draft | null): Item {
  if (draft === null) return item
  const note = draft.note === undefined ? item.note : draft.note
  if (!('result' in draft)) {
    const missing = item.missing.filter((need) => need !== 'note')
    const isNoteDue =
      item.passed === false ||
      item.status === 'not_applicable' ||
      (typeof item.result === 'string' && item.explain.includes(item.result))
    const hasNote = (note ?? '').trim() !== ''
    return { ...item, note, missing: isNoteDue && !hasNote ? [...missing, 'note'] : missing }
  }
  const result = draft.result ?? null
  const isNa = result === 'na'
  const isReadable = !isMeasured(item) || readingsOf(result).every(({ v }) => isPlain(item, v))
  // What only the store can read, or has to ask about, answers nothing until it has answered.
  if (!isNa && !isReadable)
    return { ...item, note, result, passed: null, status: 'unanswered', missing: ['answer'] }
  const written = { ...item, note, result, how: '' as const, conflict: [], by: null, at: null }
  if (!isNa && !isEmpty(result) && isMeasured(item) && item.limits_wait_for !== null)
    return { ...written, passed: null, status: 'needs_method', missing: ['method'] }
  const passed = isEmpty(result) || isNa ? null : judge(item, result)
  return {
    ...written,
    passed,
    status: isEmpty(result) ? 'unanswered' : isNa ? 'not_applicable' : 'judged',
    missing: needs(item, result, passed, note),
  }
}

/** Whether two JSON values are the same. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
