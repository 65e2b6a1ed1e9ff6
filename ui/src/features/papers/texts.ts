import { useTextsOf } from '@/shared/format/texts'
import texts from './papers.i18n.json'

/** The translator, with the texts of the papers. */
export const useTexts = () => useTextsOf(texts)
