import { useTextsOf } from '@/shared/format/texts'
import texts from './enrol.i18n.json'

/** The translator, with the texts of the way in of a device. */
export const useTexts = () => useTextsOf(texts)
