import { useTextsOf } from '@/shared/format/texts'
import texts from './patrol.i18n.json'

/** The translator, with the texts of rounds. */
export const useTexts = () => useTextsOf(texts)
