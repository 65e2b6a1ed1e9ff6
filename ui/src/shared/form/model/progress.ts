/** How far a form is, from the items as they are shown. */
import type { Item } from '../types'

export interface Progress {
  answered: number
  asked: number
  failed: number
  gaps: number
}

export const isAsked = (item: Item) => item.status !== 'not_asked'
export const isAnswered = (item: Item) => item.status === 'judged' || item.status === 'not_applicable'
export const isFailed = (item: Item) => item.passed === false

/** Counts over some items. */
export function progressOf(items: readonly Item[]): Progress {
  const asked = items.filter(isAsked)
  return {
    asked: asked.length,
    answered: asked.filter(isAnswered).length,
    failed: asked.filter(isFailed).length,
    gaps: asked.reduce((sum, item) => sum + item.missing.length, 0),
  }
}

/** The item with the next gap behind `after`, going round at the end. */
export function nextGap(items: readonly Item[], after: string | null): string | null {
  const start = after === null ? -1 : items.findIndex(({ code }) => code === after)
  const order = [...items.slice(start + 1), ...items.slice(0, start + 1)]
  return order.find((item) => isAsked(item) && item.missing.length > 0)?.code ?? null
}

/** Whether "the rest is fine" fills the item now. */
export const isRest = (item: Item): boolean => item.is_of_rest && item.status === 'unanswered'

/** The part of a code that numbers the item inside its checklist: 05 of T01.05. */
export function shortCode(code: string): string {
  return code.slice(code.lastIndexOf('.') + 1)
}
