/** Limits, deadlines and gaps in words. */
import { useI18n } from 'vue-i18n'
import { readNumber, readingsOf, countedReadings, sideOf } from '../model/measure'
import type { Item, Limits } from '../types'

/** The unit as people say it. */
export function useUnit(): (unit: string | null | undefined) => string {
  const { t, te } = useI18n()
  return (unit) => {
    if (!unit) return ''
    const key = `inspection.unit.${unit}`
    return te(key, 'zh') ? t(key) : unit
  }
}

/** The words of an item. */
export function useItemWords() {
  const { t } = useI18n()
  const unitOf = useUnit()

  /** `0～8 ℃`, `不低于 70 ℃`, `不高于 -12 ℃` */
  function limits(given: Limits | null | undefined): string {
    if (!given) return ''
    const unit = unitOf(given.unit)
    const { min, max } = given
    // Counts cannot be below zero: that is no limit to tell.
    const hasMin = min != null && !(Number(min) === 0 && max == null)
    if (hasMin && max != null && Number(min) === Number(max))
      return t('inspection.limit_exact', { n: min, unit })
    if (hasMin && max != null) return t('inspection.limit_both', { min, max, unit })
    if (hasMin) return t('inspection.limit_min', { n: min, unit })
    if (max != null) return t('inspection.limit_max', { n: max, unit })
    return ''
  }

  /** What to do about a value outside its limits, in one sentence; empty when all is well. */
  function advice(item: Item): string {
    const out = countedReadings(readingsOf(item.result)).find(({ v }) => {
      const side = sideOf(readNumber(v), item.limits)
      return side === 'below' || side === 'above'
    })
    if (!out || !item.limits) return ''
    const isBelow = sideOf(readNumber(out.v), item.limits) === 'below'
    // Most criteria say themselves that it is measured again.
    const action = item.criterion || t('inspection.put_right')
    return t(isBelow ? 'inspection.too_low' : 'inspection.too_high', {
      name: out.of ?? '',
      n: (isBelow ? item.limits.min : item.limits.max) ?? '',
      unit: unitOf(item.limits.unit),
      action: /复测/.test(action) ? action : t('inspection.and_retest', { action }),
    })
  }

  /** `当场`, `2 小时内`, `今天内`, `3 天内` */
  function due(code: string | null | undefined): string {
    if (!code) return ''
    if (code === '0') return t('inspection.due.now')
    if (code === 'EOD') return t('inspection.due.today')
    const [, n, kind] = /^(\d+)([hd])$/.exec(code) ?? []
    if (!n) return code
    return kind === 'h' ? t('inspection.due.hours', { n }) : t('inspection.due.days', { n })
  }

  /** Under the item: how to judge it, its limits, whether a photo is needed. */
  function detail(item: Item): string {
    const parts = [
      item.criterion,
      limits(item.limits),
      item.limits_wait_for ? t('inspection.choose_method_first') : '',
      item.photo === 'always' ? t('inspection.photo_always') : '',
    ]
    return parts.filter((part) => part !== '').join(t('shared.dot'))
  }

  /** What is still missing, but for the answer itself. */
  function gaps(item: Item): string {
    const parts = item.missing.filter((need) => need !== 'answer')
    if (parts.length === 0) return ''
    const words = parts.map((need) =>
      need === 'note' && item.result === 'na' ? t('inspection.need.reason') : t(`inspection.need.${need}`),
    )
    return t('inspection.still_needs', { what: words.join(t('inspection.and')) })
  }

  return { limits, advice, due, detail, gaps }
}
