/** The screens of the door of a class, of the gate, and of who is inside. */
import { go } from '../page'
import { at, type Screen } from './screen'

const DOOR = at('handover', '/handover')
/** The door of a class with one of its views. */
const doorView = (name: string, view: string): Screen => ({
  name,
  async show(page) {
    if (await page.getByRole('dialog').count()) await page.keyboard.press('Escape')
    await go(page, '/handover')
    await page.locator('[data-views]').getByRole('button', { name: view }).click()
  },
})
/** A child with who may fetch it, and one of them chosen. */
const doorChild: Screen = {
  name: 'handover-child',
  async show(page) {
    await doorView('', '在园').show(page)
    await page.locator('[data-child]').first().click()
    await page.getByRole('dialog').locator('[data-adult]').first().click()
    await page.locator('[data-give]').waitFor()
  },
}

/** What stands on the tablet of a class. */
export const CLASS: Screen[] = [
  at('today', '/today'),
  DOOR,
  doorView('handover-coming', '未到'),
  doorView('handover-adults', '按接送人'),
  doorChild,
]
/** What of it the gate sees as well. */
export const AT_THE_GATE: Screen[] = [at('gate', '/gate'), at('inside', '/inside'), DOOR]
