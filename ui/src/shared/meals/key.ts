/** How a meal is named in an address, and as the commands take it. */
import type { MealArgument, MealTag } from '@/backend'
import { MEALS } from './names'

const BETWEEN = '~'

/** `2026-11-23~午餐`, with the kitchen behind it where that is not the first one. */
export const keyOf = ({ date, type, kitchen }: MealTag): string =>
  [date, type, ...(kitchen ? [kitchen] : [])].join(BETWEEN)

/** The card of a meal. */
export const pathOf = (tag: MealTag): string => `/meals/${keyOf(tag)}`

export function argumentOf(key: string): MealArgument & MealTag {
  const [date = '', type = '', kitchen] = key.split(BETWEEN)
  return { date, type, kitchen: kitchen || null }
}

/** The meal that an address names; null for what is none. */
export function mealOf(key: unknown): (MealArgument & MealTag) | null {
  if (typeof key !== 'string') return null
  const meal = argumentOf(key)
  return isDay(meal.date) && Object.hasOwn(MEALS, meal.type) ? meal : null
}

export const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text)
