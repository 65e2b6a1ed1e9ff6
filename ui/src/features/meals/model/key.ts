/** How a meal is named in an address, and as the commands take it. */
import type { MealArgument, MealTag } from '@/backend'

const BETWEEN = '~'

/** `2026-11-23~午餐`, with the kitchen behind it where that is not the first one. */
export const keyOf = ({ date, type, kitchen }: MealTag): string =>
  [date, type, ...(kitchen ? [kitchen] : [])].join(BETWEEN)

export const pathOf = (tag: MealTag): string => `/meals/${keyOf(tag)}`

export function argumentOf(key: string): MealArgument & MealTag {
  const [date = '', type = '', kitchen] = key.split(BETWEEN)
  return { date, type, kitchen: kitchen ?? null }
}
