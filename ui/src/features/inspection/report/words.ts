/** Stored answers in words, for reading. */
import { useI18n } from 'vue-i18n'
import { useUnit } from '../form/words'
import { readingsOf } from '../model/measure'
import { isEmpty } from '../model/optimistic'
import type { Item } from '../types'

/** Gives the words of any value of an item: its result, or the one before a correction. */
export function useResultWords(): (item: Item, result: unknown) => string {
  const { t } = useI18n()
  const unitOf = useUnit()
  return (item, result) => {
    if (isEmpty(result)) return t('inspection.report.not_answered')
    if (result === 'na') return t('inspection.na')
    switch (item.type) {
      case 'pass_fail':
        return result === 'pass' || result === 'fail' ? t(`inspection.${result}`) : String(result)
      case 'score':
        return `${String(result)} / ${item.max ?? ''}`
      case 'number':
      case 'temperature': {
        const readings = readingsOf(result)
        if (readings.length === 0) return JSON.stringify(result)
        const unit = unitOf(item.limits?.unit)
        return readings
          .map(({ v, of, retest }) =>
            [retest ? t('inspection.retest_of', { name: of ?? '' }) : of, v, unit].filter(Boolean).join(' '),
          )
          .join(t('inspection.list_comma'))
      }
      case 'signature':
      case 'assets':
        return item.result_text ?? ''
      default:
        return String(result)
    }
  }
}
