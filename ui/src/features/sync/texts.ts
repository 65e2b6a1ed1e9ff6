import { useTextsOf } from '@/shared/format/texts'
import texts from './sync.i18n.json'

/** The translator, with the texts of the queue. */
export const useTexts = () => useTextsOf(texts)
