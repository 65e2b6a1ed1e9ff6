/** The meal of the day that somebody is at. */
import type { MealRow } from '@/backend'

/** The first that is not over: something of it is due and nobody has closed it; else the last one of the day. */
export function mealNow(meals: readonly MealRow[]): MealRow | null {
  const served = meals.filter(({ cancelled }) => !cancelled)
  return served.find(({ now, closed }) => now !== null && !closed) ?? served.at(-1) ?? null
}
