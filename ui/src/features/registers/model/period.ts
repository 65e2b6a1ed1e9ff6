/** The days that a list is cut to. */
import { addDays } from '@/shared/format/day'

export const PERIODS = ['all', 'today', 'week', 'month', 'own'] as const
export type Period = (typeof PERIODS)[number]

export interface Days {
  from: string
  to: string
}

/** How many days the week of a day is old; it begins on Monday. */
function sinceMonday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}

/** The days of a period, both ends within; an empty end is open. */
export function daysOf(period: Period, today: string, own: Days): Days {
  switch (period) {
    case 'today':
      return { from: today, to: today }
    case 'week': {
      const from = addDays(today, -sinceMonday(today))
      return { from, to: addDays(from, 6) }
    }
    case 'month': {
      const from = `${today.slice(0, 7)}-01`
      const later = addDays(from, 31)
      return { from, to: addDays(`${later.slice(0, 7)}-01`, -1) }
    }
    case 'own':
      return own
    default:
      return { from: '', to: '' }
  }
}
