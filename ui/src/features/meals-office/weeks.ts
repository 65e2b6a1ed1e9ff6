/** Weeks, as the office's pages name them. */
import { addDays } from '@/shared/format/day'

/** The Monday of the week of a day. */
export const mondayOf = (day: string): string =>
  addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** The seven days from a Monday on. */
export const weekOf = (monday: string): string[] => [0, 1, 2, 3, 4, 5, 6].map((on) => addDays(monday, on))
