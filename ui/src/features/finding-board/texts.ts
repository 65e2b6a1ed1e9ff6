import { useTextsOf } from '@/shared/format/texts'
import texts from './finding-board.i18n.json'

/** The translator, with the texts of the board of findings. */
export const useTexts = () => useTextsOf(texts)
