/** What other features show of rounds; its code stands apart from theirs. */
import { later } from '@/shared/state/later'

export const TodayPatrol = later(() => import('./due/TodayPatrol.vue'))
