import { useTextsOf } from '@/shared/format/texts'
import texts from './meals-office.i18n.json'

/** The translator, with the texts of meals in the office. */
export const useTexts = () => useTextsOf(texts)
