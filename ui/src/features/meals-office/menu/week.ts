/** The menu of a week as a form holds it. */
import type { MenuDish, MenuKnownDish, MenuMeal, MenuWeek, PlannedMeal } from '@/backend'
import { MEALS } from '@/shared/meals/names'
import { weekOf } from '../weeks'

export interface DishDraft {
  name: string
  /** Empty where nobody said. */
  category: string
  /** Whether it is made here; null where nobody said. */
  made_here: boolean | null
  allergens: string[]
}

export interface MealDraft {
  /** The ids of the dishes that stood there when the form was begun: only these are taken off by it. */
  had: string[]
  dishes: DishDraft[]
}

/** By `2026-11-23 午餐`. */
export type WeekDraft = Record<string, MealDraft>

export const placeOf = (date: string, type: string): string => `${date} ${type}`

const draftOf = (dish: MenuDish | MenuKnownDish): DishDraft => ({
  name: dish.name,
  category: dish.category ?? '',
  made_here: dish.made_here,
  allergens: [...dish.allergens],
})
export const dishesOf = (meal: { dishes: readonly (MenuDish | MenuKnownDish)[] } | undefined) =>
  (meal?.dishes ?? []).map(draftOf)
export const newDish = (name: string): DishDraft => ({ name, category: '', made_here: null, allergens: [] })

/** The week as it is stored, every place of it. */
export function weekDraft(week: MenuWeek): WeekDraft {
  const places = weekOf(week.monday).flatMap((date) => Object.keys(MEALS).map((type) => placeOf(date, type)))
  const draft: WeekDraft = Object.fromEntries(places.map((place) => [place, { had: [], dishes: [] }]))
  for (const meal of week.meals)
    draft[placeOf(meal.date, meal.type)] = { had: meal.dishes.map(({ id }) => id), dishes: dishesOf(meal) }
  return draft
}

/** The types of meals that have a line: those that are served in the week, and those that have dishes. */
export function typesOf(week: MenuWeek, draft: WeekDraft): string[] {
  const named = new Set(week.meals.map(({ type }) => type))
  const isPlanned = (type: string) =>
    Object.entries(draft).some(([place, { dishes }]) => dishes.length > 0 && place.endsWith(` ${type}`))
  return Object.keys(MEALS).filter((type) => named.has(type) || isPlanned(type))
}

/**
 * How a meal may be changed: `plan` freely; `change` by 换菜登记 alone, since people rely on what hangs on the wall; `past` not at all.
 */
export function wayOf(date: string, today: string, stored: MenuMeal | undefined): 'plan' | 'change' | 'past' {
  if (date < today) return 'past'
  return date === today && stored && stored.dishes.length > 0 ? 'change' : 'plan'
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** The meals of a form that differ from the store. */
export function changedMeals(draft: WeekDraft, stored: WeekDraft): PlannedMeal[] {
  return Object.entries(draft).flatMap(([place, { had, dishes }]) => {
    if (isSame(dishes, stored[place]?.dishes ?? [])) return []
    const [date = '', type = ''] = place.split(' ')
    return [{ date, type, had, dishes: dishes.map((dish) => ({ ...dish, category: dish.category || null })) }]
  })
}

/** Puts the dishes of the same days of another week where nothing is planned yet; tells how many meals that fills. */
export function copied(
  draft: WeekDraft,
  monday: string,
  from: MenuWeek,
  isOpen: (date: string, type: string) => boolean,
): number {
  let filled = 0
  const days = new Map(weekOf(from.monday).map((date, at) => [date, weekOf(monday)[at] ?? '']))
  for (const meal of from.meals) {
    const date = days.get(meal.date) ?? ''
    const own = draft[placeOf(date, meal.type)]
    if (!own || own.dishes.length > 0 || meal.dishes.length === 0 || !isOpen(date, meal.type)) continue
    own.dishes = dishesOf(meal)
    filled += 1
  }
  return filled
}

/** What was typed as allergens, each once. */
export const allergensOf = (typed: string): string[] => [
  ...new Set(
    typed
      .split(/[,，、;；\s]+/)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
]
