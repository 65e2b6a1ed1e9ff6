/** How long is left, as people say it. */
import { useNow } from '@vueuse/core'
import { useI18n } from 'vue-i18n'
import { useTimeFormat } from '@/shared/format/time'

const HOUR = 3_600_000

/** Words for a due time: 已超 8 分, 剩 3 小时, 11-30. */
export function useDueWords(): (due: number | null | undefined) => string {
  const { t } = useI18n()
  const time = useTimeFormat()
  const now = useNow({ interval: 30_000 })
  return (due) => {
    if (due == null) return t('board.no_due')
    const left = due - now.value.getTime()
    if (left < 0) return t('board.over_by', { span: time.span(left) })
    if (left < 48 * HOUR) return t('board.left', { span: time.span(left) })
    return time.day(due)
  }
}
