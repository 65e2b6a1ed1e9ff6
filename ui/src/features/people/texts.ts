import { useTextsOf } from '@/shared/format/texts'
import texts from './people.i18n.json'

/** The translator, with the texts of people. */
export const useTexts = () => useTextsOf(texts)
