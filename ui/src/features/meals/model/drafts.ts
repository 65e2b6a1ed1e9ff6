/** What was begun on a card and is not stored: kept under its author's name, like everything that is begun. */
import type { Strokes } from '@/backend'
import { useUnfinished, type Unfinished } from '@/shared/state/unfinished'

export interface SampleDraft {
  grams: string
  box: string
}
export interface CheckDraft {
  temp: string
  /** What the person complains of, by the name of the field. */
  symptoms: string[]
}
export interface DishDraft {
  name: string
  category: string
  made_here: boolean
}
export interface IssueDraft {
  amount: string
  unit: string
}

export interface MealDrafts {
  /** Temperatures by dish. */
  cores: Record<string, string>
  /** The pot that is measured, by dish. */
  pots: Record<string, string>
  samples: Record<string, SampleDraft>
  /** By person. */
  checks: Record<string, CheckDraft>
  /** By `issue` or `leftover` and the class. */
  issues: Record<string, IssueDraft>
  dish: DishDraft
  /** New names by dish. */
  names: Record<string, string>
  /** Why something is done, by what it is: `waive/delivery`, `strike/<dish>`, `cancel`. */
  reasons: Record<string, string>
  /** What takes the place of a dish, by dish. */
  instead: Record<string, string>
  /** The day that the meal is moved to. */
  moved: string
  signature: Strokes
}

export const emptyDrafts = (): MealDrafts => ({
  cores: {},
  pots: {},
  samples: {},
  checks: {},
  issues: {},
  dish: { name: '', category: '', made_here: true },
  names: {},
  reasons: {},
  instead: {},
  moved: '',
  signature: [],
})

/** The drafts of a card, inside a component's setup. */
export const useCardDrafts = (key: string): Unfinished<MealDrafts> =>
  useUnfinished({ form: `meal.card/${key}` }, emptyDrafts)
