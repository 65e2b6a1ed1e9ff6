/** A trace in the order in which a page tells it. */
import type { MealTag, MealTrace, TraceDish, TraceLine } from '@/backend'
import { keyOf } from '@/shared/meals/key'

export interface TracedMeal {
  meal: MealTag
  dishes: { dish: TraceDish; lines: TraceLine[] }[]
  /** The classes that were given of it. */
  classes: string[]
}

/** The dishes by their meals, each with its lines; what a person may not see of the lines is not there. */
export function byMeal({ dishes, lines }: Pick<MealTrace, 'dishes' | 'lines'>): TracedMeal[] {
  const byId = new Map(lines.map((line) => [line.id, line]))
  const meals = new Map<string, TracedMeal>()
  for (const dish of dishes) {
    const key = keyOf(dish.meal)
    const meal = meals.get(key) ?? { meal: dish.meal, dishes: [], classes: dish.classes }
    meal.dishes.push({ dish, lines: dish.lines.flatMap((id) => byId.get(id) ?? []) })
    meals.set(key, meal)
  }
  return [...meals.values()]
}

/** Every class that had of one of the meals, each once. */
export const classesOf = (meals: readonly TracedMeal[]): string[] => [
  ...new Set(meals.flatMap(({ classes }) => classes)),
]

/** The lines that went into no dish that is told. */
export const unusedLines = ({ dishes, lines }: Pick<MealTrace, 'dishes' | 'lines'>): TraceLine[] => {
  const used = new Set(dishes.flatMap((dish) => dish.lines))
  return lines.filter(({ id }) => !used.has(id))
}

/** The lines that an address names. */
export const linesIn = (text: unknown): string[] =>
  typeof text === 'string' ? text.split(',').filter((id) => /^[0-9a-f-]{36}$/.test(id)) : []
