import { useTextsOf } from '@/shared/format/texts'
import texts from './inside.i18n.json'

/** The translator, with the texts of who is inside. */
export const useTexts = () => useTextsOf(texts)
