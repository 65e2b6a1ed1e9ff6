/** The screens of a kitchen's meals: the card on a tablet, and the office's pages. */
import { dayOn, showTrace } from '../meals'
import { call, go } from '../page'
import { above, at, type Screen } from './screen'

/** The card of the demo's last lunch with samples, with one of its stages open; the first is due where none is named. */
const mealCard = (name: string, stage: string, under = ''): Screen => ({
  name,
  async show(page) {
    if (await page.getByRole('dialog').count()) await page.keyboard.press('Escape')
    const { rows } = await call<{ rows: { day: string }[] }>(page, 'entry.list', {
      kind: 'food_sample',
      limit: 1,
    })
    await go(page, `/meals/${rows[0]?.day}~午餐${under}`)
    if (under) return
    await page.locator(`[data-stage=${stage}] h2 .head`).waitFor()
    if (!(await page.locator(`[data-body=${stage}]`).count()))
      await page.locator(`[data-stage=${stage}] h2 .head`).click()
    await page.locator(`[data-body=${stage}]`).waitFor()
  },
})
const mealSamples = mealCard('meal-sample', 'sample')
/** What the day of the kitchen is on. */
export const MEALS: Screen[] = [
  at('meals', '/meals'),
  mealCard('meal-menu', 'menu'),
  mealCard('meal-delivery', 'delivery'),
  mealCard('meal-check', 'check'),
  mealCard('meal-cook', 'cook'),
  mealSamples,
  above('meal-label', mealSamples, '[data-label]'),
  mealCard('meal-issue', 'issue'),
  mealCard('meal-dispose', 'dispose'),
  mealCard('meal-labels', '', '/labels'),
]

/** What the office looks at. */
export const MEALS_OFFICE: Screen[] = [
  at('meals', '/meals'),
  mealCard('meal', 'sample'),
  at('meals-board', '/kitchen/board'),
  at('meals-menu', '/kitchen/menu'),
  above('meals-menu-meal', at('meals-menu', `/kitchen/menu?day=${dayOn(7)}`), 'button.meal.plan'),
  at('meals-samples', '/kitchen/samples'),
  { name: 'meals-trace', show: showTrace },
  at('meals-trace-lines', '/kitchen/trace?from=line'),
  at('meals-temperatures', '/kitchen/temperatures'),
  at('meals-leftovers', '/kitchen/leftovers'),
  at('meals-suppliers', '/kitchen/suppliers'),
]
