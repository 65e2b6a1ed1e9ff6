import { useTextsOf } from '@/shared/format/texts'
import texts from './accounts.i18n.json'

/** The translator, with the texts of accounts. */
export const useTexts = () => useTextsOf(texts)
