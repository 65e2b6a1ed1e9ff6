import { useTextsOf } from '@/shared/format/texts'
import texts from './board.i18n.json'

/** The translator, with the texts of the board. */
export const useTexts = () => useTextsOf(texts)
