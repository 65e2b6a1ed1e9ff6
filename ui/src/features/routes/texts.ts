import { useTextsOf } from '@/shared/format/texts'
import texts from './routes.i18n.json'

/** The translator, with the texts of routes. */
export const useTexts = () => useTextsOf(texts)
