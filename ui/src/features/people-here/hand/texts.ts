import { useTextsOf } from '@/shared/format/texts'
import texts from './hand.i18n.json'

/** The translator, with the texts of who signs. */
export const useTexts = () => useTextsOf(texts)
