/** Meals of a day and sorts of dishes: their stored words in their order, and what they are called. */
import { useTextsOf } from '@/shared/format/texts'
import texts from './names.i18n.json'

/** The meals of a day, each with the name of its text. */
export const MEALS: Readonly<Record<string, string>> = {
  早餐: 'breakfast',
  早点: 'morning_snack',
  午餐: 'lunch',
  午点: 'afternoon_snack',
  晚餐: 'dinner',
  夜宵: 'night_snack',
}
/** The sorts of dishes, likewise. */
export const CATEGORIES: Readonly<Record<string, string>> = {
  主食: 'staple',
  热菜: 'hot',
  汤: 'soup',
  点心: 'pastry',
  水果: 'fruit',
  预包装: 'packaged',
}

/** The names in the screen's language; a word that nobody knows keeps itself, and none stays none. */
export function useMealNames() {
  const { t } = useTextsOf(texts)
  const named = (words: typeof MEALS, group: string, word: string | null | undefined) =>
    word && Object.hasOwn(words, word) ? t(`meal_names.${group}.${words[word]}`) : (word ?? '')
  return {
    meal: (word: string | null | undefined) => named(MEALS, 'meal', word),
    category: (word: string | null | undefined) => named(CATEGORIES, 'category', word),
    /** Several things behind each other. */
    list: (all: readonly string[]) => all.join(t('meal_names.comma')),
  }
}
