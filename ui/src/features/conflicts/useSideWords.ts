/** One of the values in words. */
import { useBilingual } from '@/shared/format/bilingual'
import type { Conflict, Side } from './conflict'
import { useTexts } from './texts'

/** Gives points and verdicts in the language of the screen, and anything else as the store tells it. */
export function useSideWords(): (conflict: Conflict, side: Side) => string {
  const { t } = useTexts()
  const say = useBilingual()
  return ({ item }, { value, text, text_en }) => {
    if (item?.type === 'score' && typeof value === 'number') return t('conflicts.points', { n: value })
    if (item?.type === 'pass_fail' && (value === 'pass' || value === 'fail'))
      return t(`conflicts.value_${value}`)
    return item && value === 'na' ? t('conflicts.value_na') : say(text, text_en)
  }
}
