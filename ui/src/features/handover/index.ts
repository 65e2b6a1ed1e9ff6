/** What other features show of the door of a class; its code stands apart from theirs. */
import { later } from '@/shared/state/later'

export const TodayDoor = later(() => import('./TodayDoor.vue'))
