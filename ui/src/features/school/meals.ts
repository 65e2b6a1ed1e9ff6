/** The meals of a campus, as a form shows them. */
import type { ServedMeal } from '@/backend'

/** How a school comes by its meals, each with the name of its text. */
export const CATERING = { 自营: 'own', 委托承包: 'contractor', 订餐: 'ordered' } as const
export const DAYS = ['school', 'boarding', 'every'] as const
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

/** One meal in the form. */
export interface MealDraft {
  meal: string
  days: string
  /** The days of the week; all of them where none is ticked. */
  weekdays: number[]
  planned: string
}

/** Those that are served on or after a day, as the form shows them. */
export function mealsOn(meals: readonly ServedMeal[], day: string): MealDraft[] {
  return meals
    .filter(({ until }) => !until || until >= day)
    .map(({ type, days, weekdays, planned }) => ({
      meal: type,
      days: days ?? 'school',
      weekdays: [...(weekdays ?? [])],
      planned: planned ?? '',
    }))
}

/** What is saved: a time that is not said is left out, and so are the days of the week where it is all of them. */
export function givenMeals(meals: readonly MealDraft[]): ServedMeal[] {
  return meals.map(({ meal, days, weekdays, planned }) => ({
    type: meal,
    days,
    ...(weekdays.length > 0 && weekdays.length < WEEKDAYS.length
      ? { weekdays: [...weekdays].sort((one, other) => one - other) }
      : {}),
    ...(planned ? { planned } : {}),
  }))
}

/** The name of a text by its stored word; none for a word that nobody knows. */
export function textOf<T extends string>(
  words: Record<string, T>,
  word: string | null | undefined,
): T | null {
  return (word && Object.hasOwn(words, word) && words[word]) || null
}

/** Whether a text is a number of people, or nothing. */
export const isCount = (text: string) => /^\s*\d{0,6}\s*$/.test(text)
