/** What other features may use of the papers. */
export { useSheets } from './useSheets'
