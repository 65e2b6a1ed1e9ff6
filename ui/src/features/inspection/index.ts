/** What other features use of inspections. */
export { useHeadWords } from './head'
export { default as CorrectDialog } from './report/CorrectDialog.vue'
export { default as InspectionReport } from './report/InspectionReport.vue'
