/** What other features need to know of accounts. */
export { isAdministrator } from './accounts'
