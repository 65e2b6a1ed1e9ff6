/** What other features show of rounds. */
export { default as TodayPatrol } from './due/TodayPatrol.vue'
