/** What other features show of the gate; its code stands apart from theirs. */
import { later } from '@/shared/state/later'

export const TodayGate = later(() => import('./TodayGate.vue'))
