import { useTextsOf } from '@/shared/format/texts'
import texts from './patrol-board.i18n.json'

/** The translator, with the texts of the board of patrols. */
export const useTexts = () => useTextsOf(texts)
