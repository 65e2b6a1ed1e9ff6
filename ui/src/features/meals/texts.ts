import { useTextsOf } from '@/shared/format/texts'
import texts from './meals.i18n.json'

/** The translator, with the texts of meals. */
export const useTexts = () => useTextsOf(texts)
