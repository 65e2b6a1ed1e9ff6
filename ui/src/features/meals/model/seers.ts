import type { Permission } from '@/backend'

/** Who sees cards of meals, as the commands have it. */
export const SEERS = [
  'manage_meals',
  'accompany_meal',
  'issue_snacks',
  'see_all_records',
  'see_reports',
] as const satisfies readonly Permission[]
