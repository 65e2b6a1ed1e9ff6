/** What other features show of findings. */
export { default as FindingRow } from './FindingRow.vue'
export { useFindingWords } from './useFindingWords'
