/** Which reminders have sounded: each is heard once while the app runs, and several at once are one sound. */
import type { MealReminder } from '@/backend'
import { pathOf as cardPath } from '@/shared/meals/key'
import { cue } from '@/shared/state/cues'

const heard = new Set<string>()

/** How many things are missing changes while they are done: it stays one reminder. */
export const keyOf = ({ code, about }: MealReminder): string => `${code} ${about}`

/** Sounds once where one of these is new. */
export function soundNew(reminders: readonly MealReminder[]): void {
  const fresh = reminders.map(keyOf).filter((key) => !heard.has(key))
  if (fresh.length === 0) return
  for (const key of fresh) heard.add(key)
  cue('remind')
}

/** The card of the meal that a reminder is of. */
export const pathOf = ({ date, meal, kitchen }: MealReminder): string =>
  date && meal ? cardPath({ date, type: meal, kitchen }) : '/meals'
