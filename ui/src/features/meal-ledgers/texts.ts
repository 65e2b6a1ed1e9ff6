import { useTextsOf } from '@/shared/format/texts'
import texts from './meal-ledgers.i18n.json'

/** The translator, with the texts of ledgers and reminders. */
export const useTexts = () => useTextsOf(texts)
