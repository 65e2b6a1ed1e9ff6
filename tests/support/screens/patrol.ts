/** The screens of who walks rounds. */
import type { Page } from '@playwright/test'
import { call, go, toWalk, type DueWindow } from '../page'
import { halfSigned } from './registers'
import { above, at, type Screen } from './screen'

interface Due extends DueWindow {
  route: string
  day: string
  state: string
}

/** A round that somebody walks, outside of all windows where none is open; `ready` brings it to where it is shown. */
const round = (
  name: string,
  path: (id: string) => string,
  ready: (page: Page, run: string) => Promise<unknown> = (page, run) => call(page, 'patrol.resume', { run }),
): Screen => ({
  name,
  async show(page) {
    const { windows } = await call<{ windows: Due[] }>(page, 'patrol.due')
    const { route, window, day } = windows.find(({ state }) => state === 'open') ?? toWalk(windows, 3)
    const { id } = await call<{ id: string }>(page, 'patrol.start', { route, window, day })
    await ready(page, id)
    // What lies above the same round from before is in the way.
    if (await page.getByRole('dialog').count()) await page.keyboard.press('Escape')
    await go(page, path(id))
  },
})
const onRound = (id: string) => `/patrol/${id}`
/** Somebody has come to the first point by hand. */
const arrive = async (page: Page, run: string) => {
  const { points } = await call<{ points: { id: string }[] }>(page, 'patrol.get', { run })
  await call(page, 'patrol.arrive', { run, checkpoint: points[0]?.id, how: 'hand' })
}
/** What is looked at more closely at a point. */
const roundItems: Screen = {
  name: 'patrol-items',
  async show(page) {
    await round('patrol-there', onRound, arrive).show(page)
    await page.locator('.bar[data-stage="there"][data-calm="true"] .side').click()
    await page.locator('[data-point-form]').waitFor()
  },
}
const roundMenu = above('patrol-menu', round('patrol-round', onRound), '.top button.icon')
/** The code of a round for another tablet. */
const roundCode: Screen = {
  name: 'patrol-code',
  async show(page) {
    await roundMenu.show(page)
    await page.locator('[data-give]').click()
    await page.locator('img.code').waitFor()
  },
}

/** What stands on the tablet of the gate. */
export const GATE: Screen[] = [
  at('patrol', '/patrol'),
  round('patrol-round', onRound),
  round('patrol-there', onRound, arrive),
  roundItems,
  roundMenu,
  roundCode,
  round('patrol-paused', onRound, (page, run) => call(page, 'patrol.pause', { run, reason: '被叫到门口' })),
  round('patrol-end', (id) => `/patrol/${id}/end`),
  at('registers', '/registers'),
  at('register-list', '/registers/duty_shift'),
  at('register-new', '/registers/shift_handover/new'),
  halfSigned,
  above('register-act', halfSigned, '.acts button'),
  at('papers', '/papers'),
  at('paper', '/papers/duty_shift'),
]
