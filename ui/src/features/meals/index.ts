/** What other features show of meals; its code stands apart from theirs. */
import { later } from '@/shared/state/later'

export const TodayMeals = later(() => import('./list/TodayMeals.vue'))
export { SEERS } from './model/seers'
