/** What a row shows between the tap and the store's answer. */
import type { Draft, Item, Need } from '../types'
import { allInside, readNumber, readingsOf } from './measure'

/** The share of the points below which a score fails; the campus may set another, which the answer then shows. */
const FAILS_BELOW = 0.6

/** Whether a value answers nothing. */
export function isEmpty(result: unknown): boolean {
  if (result === null || result === undefined) return true
  if (typeof result === 'string') return result.trim() === ''
  return Array.isArray(result) && result.length === 0
}

/** Whether the item passes with `result`; null where that is not known here. */
export function judge(item: Item, result: unknown): boolean | null {
  switch (item.type) {
    case 'pass_fail':
      return result === 'pass' ? true : result === 'fail' ? false : null
    case 'score': {
      const points = Number(result)
      return Number.isFinite(points) ? points >= (item.max ?? 0) * FAILS_BELOW : null
    }
    case 'number':
    case 'temperature':
      return item.limits ? allInside(readingsOf(result), item.limits) : null
    case 'choice':
      return typeof result === 'string' ? result !== '差' && !/[（(]禁[)）]/.test(result) : null
    default:
      return true
  }
}

const isMeasured = (item: Item) => item.type === 'number' || item.type === 'temperature'

function needs(item: Item, result: unknown, passed: boolean | null, note: string | null | undefined): Need[] {
  const hasNote = (note ?? '').trim() !== ''
  if (isEmpty(result)) return ['answer']
  if (result === 'na') return hasNote ? [] : ['note']
  const isPhotoDue = item.photo === 'always' || (item.photo === 'when_failed' && passed === false)
  return [
    ...(isPhotoDue && item.photos.length === 0 ? (['photo'] as const) : []),
    ...(passed === false && !hasNote ? (['note'] as const) : []),
  ]
}

/** The item as it will most likely be once `draft` is stored. */
export function withDraft(item: Item, draft: Draft | null): Item {
  if (draft === null) return item
  const note = draft.note === undefined ? item.note : draft.note
  if (!('result' in draft)) {
    const missing = item.missing.filter((need) => need !== 'note')
    const isNoteDue = item.passed === false || item.status === 'not_applicable'
    const hasNote = (note ?? '').trim() !== ''
    return { ...item, note, missing: isNoteDue && !hasNote ? [...missing, 'note'] : missing }
  }
  const result = draft.result ?? null
  const isNa = result === 'na'
  const isReadable = !isMeasured(item) || readingsOf(result).every(({ v }) => readNumber(v) !== null)
  // What is no number yet answers nothing.
  if (!isNa && !isReadable)
    return { ...item, note, result, passed: null, status: 'unanswered', missing: ['answer'] }
  const passed = isEmpty(result) || isNa ? null : judge(item, result)
  return {
    ...item,
    note,
    result,
    passed,
    how: '',
    status: isEmpty(result) ? 'unanswered' : isNa ? 'not_applicable' : 'judged',
    missing: needs(item, result, passed, note),
    conflict: [],
    by: null,
    at: null,
  }
}

/** Whether two JSON values are the same. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
