/** Findings in words: state, due time, area. */
import { useNow } from '@vueuse/core'
import { useBilingual } from '@/shared/format/bilingual'
import { useI18n } from 'vue-i18n'
import type { FindingRow } from '@/shared/state/waiting'
import { useTimeFormat } from '@/shared/format/time'

const HOUR_MS = 3_600_000
/** Until when a span says more than a date. */
const SOON_MS = 48 * HOUR_MS

/** What is said of a due time, and how much it matters. */
export interface DueWords {
  text: string
  tone: 'over' | 'soon' | 'calm'
}

export function useFindingWords() {
  const { t, te } = useI18n()
  const say = useBilingual()
  const time = useTimeFormat()
  const now = useNow({ interval: 30_000 })

  const state = (row: Pick<FindingRow, 'state' | 'state_zh'>) =>
    te(`finding_state.${row.state}`, 'zh') ? t(`finding_state.${row.state}`) : row.state_zh

  /** Only what is left to do has a time that counts; what waits for a re-check was done in time or not. */
  function due(row: Pick<FindingRow, 'due' | 'is_overdue' | 'left_min'>): DueWords {
    const left = row.due == null ? 0 : row.due - now.value.getTime()
    // Its time may have run out since it was asked for.
    if (row.is_overdue || (row.left_min != null && left <= 0))
      return { text: t('findings.over', { span: time.span(left) }), tone: 'over' }
    if (row.due == null || row.left_min == null) return { text: '', tone: 'calm' }
    if (left < SOON_MS) return { text: t('findings.left', { span: time.span(left) }), tone: 'soon' }
    return { text: t('findings.until', { day: time.day(row.due) }), tone: 'calm' }
  }

  /** What is wrong; the item's own words in the screen's language, what people wrote as they wrote it. */
  function what({ description, description_en }: Pick<FindingRow, 'description' | 'description_en'>) {
    if (description === t('findings.see_photo', {}, { locale: 'zh' })) return t('findings.see_photo')
    return say(description, description_en) || t('findings.no_words')
  }

  const category = (code: string | null | undefined) =>
    code && te(`finding_category.${code}`, 'zh') ? t(`finding_category.${code}`) : ''

  return { state, due, what, category }
}
