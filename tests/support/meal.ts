/** A lunch of the demo: the next one that is served, and a page that counts its taps. */
import type { Page } from '@playwright/test'
import { call } from './page'
import { PEOPLE, type Tablet } from './school'

const MINUTE_MS = 60_000

export interface Card {
  id: string
  planned_at: number | null
  stages: { stage: string; state: string; missing: { code: string; what: string }[] }[]
  dishes: { id: string; name: string; core: string; has_sample: boolean; readings: { c: string }[] }[]
  samples: { id: string; dish: string | null; grams: string; box_no: string; label: string; short: string }[]
  issues: { class: string; issued: string | null; leftover: string | null }[]
  clocks: { sample: string; state: string; left_ms: number }[]
  problems: { code: string; what: string }[]
  service: { missing: number; minutes_left: number | null }
}

export interface Lunch {
  date: string
  type: string
  /** When it is on the table, ms. */
  planned: number
}

const dayAfter = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(
    Date.now() + days * 24 * 60 * MINUTE_MS,
  )

/** The next lunch that is served after today: what the demo tells lies before it. */
export async function nextLunch(tablet: Tablet): Promise<Lunch> {
  for (let days = 1; days <= 14; days += 1) {
    const meal = { date: dayAfter(days), type: '午餐' }
    const { planned_at } = await tablet.call<Card>('meal.card', meal, PEOPLE.cook.id)
    if (planned_at !== null) return { ...meal, planned: planned_at }
  }
  throw new Error('no lunch is served within two weeks')
}

/** A moment of that day as the programs take it for their clock. */
export const before = (lunch: Lunch, minutes: number): string =>
  new Date(lunch.planned - minutes * MINUTE_MS).toISOString()

/** Counts what is pressed, but for the digits of the pad. */
export const countTaps = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const counted = window as unknown as { taps?: string[] }
    const isCounting = counted.taps !== undefined
    const taps = (counted.taps = [] as string[])
    if (isCounting) return
    addEventListener(
      'pointerdown',
      (event) => {
        const pressed = event.target instanceof Element ? event.target : null
        if (!pressed?.closest('[data-digit]'))
          (counted.taps ?? taps).push(pressed?.textContent?.trim().slice(0, 20) ?? '')
      },
      { capture: true },
    )
  })
export const tapsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { taps: string[] }).taps)

/** Presses the keys of the pad that stands there, and the large one below them; gives what it was for once the next one is there. */
export async function typeOnPad(page: Page, number: string): Promise<string> {
  const pad = page.locator('[data-pad]')
  await pad.waitFor()
  const label = (await pad.getAttribute('aria-label')) ?? ''
  for (const key of number)
    await pad.getByRole('button', { name: key === '.' ? '小数点' : key, exact: true }).click()
  await pad.locator('[data-go]').click()
  await page.locator(`[data-pad][aria-label="${label}"]`).waitFor({ state: 'detached' })
  return label
}

export const cardOf = (page: Page, { date, type }: Lunch): Promise<Card> =>
  call<Card>(page, 'meal.card', { date, type })
