import { useTextsOf } from '@/shared/format/texts'
import texts from './school.i18n.json'

/** The translator, with the texts of the school's page. */
export const useTexts = () => useTextsOf(texts)
