import { useTextsOf } from '@/shared/format/texts'
import texts from './areas.i18n.json'

/** The translator, with the texts of areas. */
export const useTexts = () => useTextsOf(texts)
