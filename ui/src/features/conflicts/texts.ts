import { useTextsOf } from '@/shared/format/texts'
import texts from './conflicts.i18n.json'

/** The translator, with the texts of what two people filled in differently. */
export const useTexts = () => useTextsOf(texts)
