/** The screens of the door of a class, of the gate, of who is inside, and of one child. */
import type { Page } from '@playwright/test'
import { call, go } from '../page'
import { above, at, ofFirst, type Screen } from './screen'

interface Adult {
  id: string
  stands: string
}
interface Child {
  id: string
  state: string
  adults: Adult[]
}

const DOOR = at('handover', '/handover')
/** The door of a class with one of its views. */
const doorView = (name: string, view: string): Screen => ({
  name,
  async show(page) {
    if (await page.getByRole('dialog').count()) await page.keyboard.press('Escape')
    await go(page, '/handover')
    await page.locator('[data-views] button').nth(VIEWS.indexOf(view)).click()
  },
})
/** The views in the order of their buttons, which have a name in each language. */
const VIEWS = ['not_seen', 'here', 'gone', 'adults']

/** A child with who may fetch it, and one of them chosen. */
const doorChild: Screen = {
  name: 'handover-child',
  async show(page) {
    await doorView('', 'here').show(page)
    await page.locator('[data-child]').first().click()
    await page.getByRole('dialog').locator('[data-adult]').first().click()
    await page.locator('[data-give]').waitFor()
  },
}
const adultOfDoor = above('handover-adult', doorView('', 'adults'), '[data-fetcher]')
/** Somebody who is on no list, half written. */
const doorOther: Screen = {
  name: 'handover-other',
  async show(page) {
    await above('', doorView('', 'here'), '[data-child]').show(page)
    const dialog = page.getByRole('dialog')
    await dialog.locator('[data-other]').click()
    await dialog.locator('input').first().fill('何大川')
    await dialog.locator('input[type=tel]').fill('13700246810')
    await page.locator('[data-called]').first().waitFor()
  },
}
/** The child of whom the demo has a ban, as it stands now. */
async function withBan(page: Page): Promise<{ child: Child; adult: Adult }> {
  const { children } = await call<{ children: Child[] }>(page, 'handover.day')
  const child = children.find(({ adults }) => adults.some(({ stands }) => stands === 'forbidden'))
  const adult = child?.adults.find(({ stands }) => stands === 'forbidden')
  if (!child || !adult) throw new Error('no child of the demo has a ban')
  return { child, adult }
}
/** Who must not fetch the child, chosen all the same. */
const doorForbidden: Screen = {
  name: 'handover-forbidden',
  async show(page) {
    const { child } = await withBan(page)
    await doorView('', child.state).show(page)
    await page.locator(`[data-child="${child.id}"]`).click()
    await page.getByRole('dialog').locator('[data-adult=forbidden]').click()
    await page.locator('[data-ask]').waitFor()
  },
}
/** Who must not fetch a child has fetched it. */
const doorAlarm: Screen = {
  name: 'handover-alarm',
  async show(page) {
    const { child, adult } = await withBan(page)
    if (child.state === 'here') {
      const args = { children: [child.id], direction: 'leave', adult: adult.id, verified: '认识' }
      await call(page, 'handover.give', { ...args, sure: ['alarm/forbidden', 'stale', 'unknown'] })
    }
    await doorView('', 'here').show(page)
    await page.locator('[data-alarm]').first().waitFor()
  },
}
const childEntry = ofFirst('child', 'entry.list', { kind: 'child' }, 'rows', (id) => `/entries/${id}`)
const childRecords = ofFirst(
  'child-records',
  'entry.list',
  { kind: 'child' },
  'rows',
  (id) => `/people/${id}/records`,
)

/** Something of each sort is open at the gate, and somebody has left whose entry it does not know. */
const busyGate: Screen = {
  name: 'gate-busy',
  async show(page) {
    const { areas } = await call<{ areas: { id: string }[] }>(page, 'area.list', { kind: 'gate' })
    const { vehicles } = await call<{ vehicles: unknown[] }>(page, 'gate.inside')
    const gate = areas[0]?.id
    const enter = (kind: string, set: object) => call(page, 'entry.save', { kind, set: { gate, ...set } })
    if (vehicles.length === 0) {
      await enter('vehicle_entry', { plate: '浙A·D0725', sort: '送货', purpose: '送蔬菜' })
      await enter('visitor_entry', { direction: '只登离校', name: '贺师傅', people: 1 })
      const ladder = { what: '铝合金人字梯', count: 1, carrier: '郑海', returns: '带回' }
      await enter('goods_pass', { direction: '带入', ...ladder })
    }
    await go(page, '/gate')
    await page.locator('[data-unpaired]').waitFor()
  },
}

/** What stands on the tablet of a class. */
export const CLASS: Screen[] = [
  at('today', '/today'),
  DOOR,
  doorView('handover-coming', 'not_seen'),
  doorView('handover-adults', 'adults'),
  doorChild,
  adultOfDoor,
  doorOther,
  doorForbidden,
  doorAlarm,
  above('handover-answer', doorAlarm, '[data-alarm]'),
  childEntry,
  childRecords,
]
/** What of it the gate sees as well. */
export const AT_THE_GATE: Screen[] = [at('gate', '/gate'), at('inside', '/inside'), DOOR, busyGate]
/** What a tablet shows that holds neither children nor visitors. */
export const ELSEWHERE: Screen[] = [at('today', '/today'), DOOR, at('gate', '/gate'), at('inside', '/inside')]
