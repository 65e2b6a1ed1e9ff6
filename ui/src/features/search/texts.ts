import { useTextsOf } from '@/shared/format/texts'
import texts from './search.i18n.json'

/** The translator, with the texts of the search. */
export const useTexts = () => useTextsOf(texts)
