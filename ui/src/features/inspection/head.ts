/** What an inspection is called. */
import { useI18n } from 'vue-i18n'
import { useBilingual } from '@/shared/format/bilingual'
import { useTimeFormat } from '@/shared/format/time'
import type { Head } from './types'

export function useHeadWords() {
  const { t } = useI18n()
  const say = useBilingual()
  const time = useTimeFormat()
  /** The checklist's code, what it is about, and when. */
  const parts = (head: Head) =>
    [head.code, head.subject_name ?? head.subject, time.moment(head.occurred_at)].filter(Boolean)
  return {
    title: (head: Head) => say(head.title, head.title_en) || head.template,
    parts,
    /** The parts in one line. */
    detail: (head: Head) => parts(head).join(t('shared.dot')),
  }
}
