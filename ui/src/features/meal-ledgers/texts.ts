import { MEALS } from '@/shared/format/meals'
import { useTextsOf } from '@/shared/format/texts'
import texts from './meal-ledgers.i18n.json'

/** The translator, with the texts of ledgers and reminders. */
export const useTexts = () => useTextsOf(texts)

/** What a meal of the day is called; one that is not known keeps its word, and none stays none. */
export function useMealName() {
  const { t } = useTexts()
  return (meal: string | null) => {
    const code = meal && MEALS[meal]
    return code ? t(`ledgers.type.${code}`) : meal
  }
}
