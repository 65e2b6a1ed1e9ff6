/** What other features show of the kitchen's ledgers and reminders; its code stands apart from theirs. */
import { later } from '@/shared/state/later'

export const TodayReminders = later(() => import('./TodayReminders.vue'))
export const BoardLedgers = later(() => import('./BoardLedgers.vue'))
