import { useTextsOf } from '@/shared/format/texts'
import texts from './gate.i18n.json'

/** The translator, with the texts of the gate. */
export const useTexts = () => useTextsOf(texts)
