import { useTextsOf } from '@/shared/format/texts'
import texts from './history.i18n.json'

/** The translator, with the texts of what was changed when. */
export const useTexts = () => useTextsOf(texts)
