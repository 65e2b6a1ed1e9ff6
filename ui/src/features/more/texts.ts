import { useTextsOf } from '@/shared/format/texts'
import texts from './more.i18n.json'

/** The translator, with the texts of 更多 and of the pages behind it. */
export const useTexts = () => useTextsOf(texts)
