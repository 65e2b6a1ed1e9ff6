/** What other features show of conflicts. */
export { default as ConflictCard } from './ConflictCard.vue'
export { useDecisions } from './useDecisions'
export type { Conflict, Decision } from './conflict'
