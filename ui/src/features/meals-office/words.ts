/** Meals, dishes and spans in words. */
import type { MealTag } from '@/backend'
import { useTimeFormat } from '@/shared/format/time'
import { useMealNames } from '@/shared/meals/names'
import { useTexts } from './texts'

export function useWords() {
  const { t, te } = useTexts()
  const time = useTimeFormat()
  const { meal: type, category, list } = useMealNames()
  const line = (parts: readonly (string | null | undefined | false)[]) =>
    parts.filter(Boolean).join(t('shared.dot'))
  return {
    type,
    category,
    /** `11-23 午餐` */
    meal: ({ date, type: word }: MealTag) => t('meals_office.meal', { day: date.slice(5), type: type(word) }),
    /** Pieces with a dot between them. */
    line,
    /** What is wrong with a sample. */
    sampleProblem(code: string) {
      const key = `meals_office.sample_problem.${code.replaceAll('-', '_')}`
      return te(key, 'zh') ? t(key) : code
    },
    names: list,
    day: (day: string) => time.longDate(day),
  }
}
