import { useTextsOf } from '@/shared/format/texts'
import texts from './registers.i18n.json'

/** The translator, with the texts of the registers. */
export const useTexts = () => useTextsOf(texts)
