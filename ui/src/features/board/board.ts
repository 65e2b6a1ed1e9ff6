/** What the board works out from lists: days, figures, the week of the term, what a first start still lacks. */
import type { FormView, InspectionRow, TermCalendar, Verdict } from '@/backend'

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

const DAY = 86_400_000
const days = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY)

/** The week of the term that a day lies in, counted by Mondays from 1; null outside every term. */
export function termWeek(calendar: TermCalendar | null | undefined, date: string): number | null {
  const term = calendar?.terms?.find(({ from, to }) => from <= date && date <= to)
  if (!term) return null
  // The week in which the term begins is the first, whatever day that is.
  const weekday = (new Date(`${term.from}T00:00:00Z`).getUTCDay() + 6) % 7
  return Math.floor((days(term.from, date) + weekday) / 7) + 1
}

/** What one arrived inspection says in one line. */
export interface Digest {
  verdict: Verdict
  /** Percent, where the form is scored. */
  percent: string | null
  /** How many items failed. */
  failed: number
  hasRedLine: boolean
  answered: number
  applicable: number
  /** Photos that are named and have not arrived. */
  photosOwed: number
  /** Items on which people disagree. */
  conflicts: number
}

/** Reads a form for its line on the board. */
export function digest(form: FormView): Digest {
  const items = form.sections.flatMap((section) => section.items)
  const photos = items.flatMap((item) => item.photos)
  return {
    verdict: form.score.verdict,
    percent: form.score.percent,
    failed: form.score.failed.length,
    hasRedLine: form.score.red_lines.length > 0,
    answered: form.score.answered,
    applicable: form.score.applicable,
    photosOwed: photos.filter(({ state }) => state === 'awaited').length,
    conflicts: items.filter((item) => item.conflict.length > 0).length,
  }
}

/** What leads to the first check; true for what is done. */
export interface FirstSteps {
  people: boolean
  areas: boolean
  tablet: boolean
}

/** Whether the school has everything to work; then the board says nothing of it. */
export const isReady = (steps: FirstSteps) => steps.people && steps.areas && steps.tablet
