/** What the board works out from lists: days, and what a first start still lacks. */
import type { InspectionRow } from '@/backend'

/** The rows of one business day. */
export interface Day {
  date: string
  rows: InspectionRow[]
}

/** Groups rows by business day, newest day first; the order inside a day is kept. */
export function byDay(rows: readonly InspectionRow[]): Day[] {
  const days = new Map<string, InspectionRow[]>()
  for (const row of rows) {
    const date = row.business_date ?? ''
    days.set(date, [...(days.get(date) ?? []), row])
  }
  return [...days]
    .map(([date, ofDay]) => ({ date, rows: ofDay }))
    .sort((one, other) => other.date.localeCompare(one.date))
}

/** What leads to the first check; true for what is done. */
export interface FirstSteps {
  people: boolean
  areas: boolean
  tablet: boolean
}

/** Whether the school has everything to work; then the board says nothing of it. */
export const isReady = (steps: FirstSteps) => steps.people && steps.areas && steps.tablet
