/** What of ledgers is worth a look. */
import type { MealLedger, MealLedgerGap } from '@/backend'

export type Standing = 'nothing' | 'clean' | 'unproved' | 'unheard' | 'gap'

/** How two ledgers stand: what was only not heard of is no gap, and what compared nothing is not clean. */
export function standing({ compared, unproved, gaps }: MealLedger): Standing {
  if (gaps.some(({ heard }) => heard)) return 'gap'
  if (gaps.length > 0) return 'unheard'
  if (unproved > 0) return 'unproved'
  return compared === 0 ? 'nothing' : 'clean'
}

/** Those with something to look at, what is certain first. */
export const toLookAt = (ledgers: readonly MealLedger[]): MealLedger[] => {
  const rank = (ledger: MealLedger) => ['gap', 'unheard', 'unproved'].indexOf(standing(ledger))
  return ledgers.filter((ledger) => rank(ledger) >= 0).sort((one, other) => rank(one) - rank(other))
}

/** How many gaps stand behind those that are listed. */
export const unlisted = ({ compared, found, gaps }: MealLedger): number =>
  Math.max(0, compared - found - gaps.reduce((sum, { count }) => sum + count, 0))

export const keyOfGap = ({ date, kitchen, meal, about, what }: MealLedgerGap): string =>
  [date, kitchen, meal, about, what].join(' ')
