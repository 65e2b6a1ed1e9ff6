/** Meals, dishes and weeks, as the office's pages name them. */
import type { MealArgument, MealTag } from '@/backend'
import { addDays } from '@/shared/format/day'

/** The meals of a day by their stored words, in their order, each with the name of its text. */
export const MEALS = {
  早餐: 'breakfast',
  早点: 'morning',
  午餐: 'lunch',
  午点: 'afternoon',
  晚餐: 'dinner',
  夜宵: 'night',
} as const
/** The sorts of dishes, likewise. */
export const CATEGORIES = {
  主食: 'staple',
  热菜: 'hot',
  汤: 'soup',
  点心: 'pastry',
  水果: 'fruit',
  预包装: 'packaged',
} as const

/** Between the parts of a meal in an address. */
const BETWEEN = '~'

/** A meal in an address, such as `2026-11-23~午餐`. */
export const keyOf = ({ date, type, kitchen }: MealTag): string =>
  [date, type, ...(kitchen ? [kitchen] : [])].join(BETWEEN)

/** The card of a meal. */
export const cardOf = (meal: MealTag): string => `/meals/${keyOf(meal)}`

/** The meal that an address names; null for what is none. */
export function mealOf(key: unknown): (MealArgument & MealTag) | null {
  if (typeof key !== 'string') return null
  const [date = '', type = '', kitchen] = key.split(BETWEEN)
  return isDay(date) && type in MEALS ? { date, type, kitchen: kitchen || null } : null
}

export const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\d$/.test(text)

/** The Monday of the week of a day. */
export const mondayOf = (day: string): string =>
  addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** The seven days from a Monday on. */
export const weekOf = (monday: string): string[] => [0, 1, 2, 3, 4, 5, 6].map((on) => addDays(monday, on))
