/** The shapes of the commands under the names that the page of imports uses. */
import type { Answer } from '@/backend'

export type Plan = Answer<'entry.import'>
export type PlanLine = Plan['lines'][number]
export type Undone = Answer<'entry.import_undo'>
