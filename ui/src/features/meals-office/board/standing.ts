/** How a meal stands, for somebody who is not in the kitchen. */
import type { MealCard, MealGap } from '@/backend'

/** Minutes that service is late with something missing; null while it is not. */
export function lateBy(card: Pick<MealCard, 'service' | 'cancelled'>): number | null {
  const { missing, minutes_left: left } = card.service
  return card.cancelled || missing === 0 || left === null || left >= 0 ? null : -left
}

export interface GapGroup {
  stage: string
  code: string
  /** What is missing, as far as it has names. */
  what: string[]
  /** Whether all of it is certain; what was only not heard of is no one's fault. */
  isHeard: boolean
}

/** What is missing, one line for all of a sort. */
export function grouped(gaps: readonly MealGap[]): GapGroup[] {
  const groups = new Map<string, GapGroup>()
  for (const { stage, code, what, heard } of gaps) {
    const key = `${stage} ${code}`
    const group = groups.get(key) ?? { stage, code, what: [], isHeard: true }
    if (what) group.what.push(what)
    group.isHeard &&= heard
    groups.set(key, group)
  }
  return [...groups.values()]
}
