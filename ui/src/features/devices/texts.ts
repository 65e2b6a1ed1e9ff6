import { useTextsOf } from '@/shared/format/texts'
import texts from './devices.i18n.json'

/** The translator, with the texts of tablets and codes. */
export const useTexts = () => useTextsOf(texts)
