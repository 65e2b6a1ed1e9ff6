/** What other features show of findings. */
export { default as FindingRow } from './FindingRow.vue'
export { default as FindingView } from './FindingView.vue'
export { useFindingWords } from './useFindingWords'
