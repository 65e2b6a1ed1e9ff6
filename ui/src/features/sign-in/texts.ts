import { useTextsOf } from '@/shared/format/texts'
import texts from './sign-in.i18n.json'

/** The translator, with the texts of the ways in of the office. */
export const useTexts = () => useTextsOf(texts)
