/** The days that a paper is made of. */
import { addDays } from '@/shared/format/day'

export type Period = 'today' | 'week' | 'month' | 'all' | 'own'

export interface Days {
  from: string
  to: string
}

/** The one that a paper opens with, by how it is made. */
export const periodOf: Record<string, Period> = {
  day: 'today',
  week: 'week',
  month: 'month',
  any: 'all',
  one: 'all',
}

/** The choices for such a paper; that of one record has none. */
export function periodsOf(made: string): readonly Period[] {
  if (made === 'one') return []
  return made === 'any' ? ['all', 'month', 'own'] : ['today', 'week', 'month', 'own']
}

/** The days of a period, with both ends; none for all, and while an end of its own is not said. */
export function daysOf(period: Period, today: string, own: Days): Days | null {
  switch (period) {
    case 'today':
      return { from: today, to: today }
    case 'week': {
      const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7))
      return { from: monday, to: addDays(monday, 6) }
    }
    case 'month': {
      const first = `${today.slice(0, 7)}-01`
      const next = addDays(first, 31)
      return { from: first, to: addDays(`${next.slice(0, 7)}-01`, -1) }
    }
    case 'own':
      return own.from && own.to ? own : null
    default:
      return null
  }
}
