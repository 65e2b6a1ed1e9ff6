/** On which nights somebody sleeps at a campus, as a form shows it. */
import type { SleepPeriod } from '@/backend'

export const NIGHTS = ['none', 'school', 'every'] as const
export type Nights = (typeof NIGHTS)[number]

const isOn = ({ from, to }: SleepPeriod, day: string) => (!from || from <= day) && (!to || to >= day)

/** The nights on which somebody sleeps there as things stand on a day. */
export function nightsOn(periods: readonly SleepPeriod[], day: string): Nights {
  const now = periods.filter((period) => isOn(period, day)).map(({ nights }) => nights)
  if (now.includes('every')) return 'every'
  return now.includes('school') ? 'school' : 'none'
}

/** The day before. */
function before(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

/** What holds when the nights change today: those that are over stay, so that no past night asks for other rounds. */
export function nightsFrom(periods: readonly SleepPeriod[], nights: Nights, today: string): SleepPeriod[] {
  const over = periods.flatMap((period) => {
    if (period.to && period.to < today) return [period]
    return !period.from || period.from < today ? [{ ...period, to: before(today) }] : []
  })
  return nights === 'none' ? over : [...over, { from: today, nights }]
}
