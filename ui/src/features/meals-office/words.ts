/** Meals, dishes and spans in words. */
import type { MealTag } from '@/backend'
import { useTimeFormat } from '@/shared/format/time'
import { CATEGORIES, MEALS } from './meals'
import { useTexts } from './texts'

export function useWords() {
  const { t, te } = useTexts()
  const time = useTimeFormat()
  const named = (words: Record<string, string>, group: string, word: string) =>
    words[word] ? t(`meals_office.${group}.${words[word]}`) : word

  const type = (word: string) => named(MEALS, 'type', word)
  const line = (parts: readonly (string | null | undefined | false)[]) =>
    parts.filter(Boolean).join(t('shared.dot'))
  return {
    type,
    category: (word: string | null | undefined) => (word ? named(CATEGORIES, 'category', word) : ''),
    /** `11-23 午餐` */
    meal: ({ date, type: word }: MealTag) => t('meals_office.meal', { day: date.slice(5), type: type(word) }),
    /** Pieces with a dot between them. */
    line,
    /** `47:58`, hours and minutes up to the minute, so that nothing looks over before it is. */
    span(ms: number) {
      const minutes = Math.ceil(Math.max(0, ms) / 60_000)
      return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
    },
    /** What is wrong with a sample. */
    sampleProblem(code: string) {
      const key = `meals_office.sample_problem.${code.replaceAll('-', '_')}`
      return te(key, 'zh') ? t(key) : code
    },
    names: (all: readonly string[]) => all.join(t('meals_office.comma')),
    day: (day: string) => time.longDate(day),
  }
}
