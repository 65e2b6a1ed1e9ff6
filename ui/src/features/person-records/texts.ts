import { useTextsOf } from '@/shared/format/texts'
import texts from './person-records.i18n.json'

/** The translator, with the texts of everything about one person. */
export const useTexts = () => useTextsOf(texts)
