/** Days and meals of the demo, for tests of the office's pages of meals. */
import type { Page } from '@playwright/test'
import { call, go } from './page'

/** A day where the school is, counted from today. */
export const dayOn = (on: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + on * 86_400_000).toISOString().slice(0, 10)

/** The Monday of a week, counted from this one: of the next ones all days are still to come. */
export const mondayOn = (weeks: number): string =>
  dayOn(7 * weeks - ((new Date(`${dayOn(0)}T00:00:00Z`).getUTCDay() + 6) % 7))

interface Listed {
  meals: { meal: { date: string; type: string } }[]
}

/** The last lunch before today. */
export async function lastLunch(page: Page): Promise<{ date: string; type: string }> {
  for (let on = -1; on > -10; on -= 1) {
    const { meals } = await call<Listed>(page, 'meal.list', { date: dayOn(on) })
    const lunch = meals.find(({ meal }) => meal.type === '午餐')
    if (lunch) return lunch.meal
  }
  throw new Error('the demo has cooked nothing')
}

/** Shows what the last lunch was made of. */
export async function showTrace(page: Page): Promise<void> {
  const { date, type } = await lastLunch(page)
  await go(page, `/kitchen/trace?meal=${date}~${type}`)
  await page.locator('[data-trace-paper]').waitFor()
}
