/** The papers that the person gets, each whole or not at all. */
import { useQuery } from '@/shared/state/query'

/** What decides which papers somebody gets. */
const RULES = ['campus', 'person', 'role_grant', 'area', 'session']

export const useSheets = () => useQuery('sheet.list', () => ({}), { kinds: RULES })
