import { useTextsOf } from '@/shared/format/texts'
import texts from './handover.i18n.json'

/** The translator, with the texts of the door. */
export const useTexts = () => useTextsOf(texts)
