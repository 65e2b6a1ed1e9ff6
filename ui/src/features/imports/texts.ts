import { useTextsOf } from '@/shared/format/texts'
import texts from './imports.i18n.json'

/** The translator, with the texts of imports. */
export const useTexts = () => useTextsOf(texts)
