/** Limits, deadlines and gaps in words. */
import { useI18n } from 'vue-i18n'
import { useBilingual } from '@/shared/format/bilingual'
import { readNumber, readingsOf, countedReadings, sideOf } from './model/measure'
import type { Item, Limits } from './types'

/** The unit as people say it. */
export function useUnit(): (limits: Limits | null | undefined) => string {
  const { t, te } = useI18n()
  const say = useBilingual()
  return (limits) => {
    if (!limits) return ''
    const key = `form.unit.${limits.unit}`
    return te(key, 'zh') ? t(key) : say(limits.unit, limits.unit_en)
  }
}

/** What an item asks, in the screen's language. */
export function useItemTexts() {
  const say = useBilingual()
  return {
    text: (item: Item) => say(item.text, item.text_en),
    criterion: (item: Item) => say(item.criterion, item.criterion_en),
    option: (item: Item, option: string) => say(option, item.options_en[item.options.indexOf(option)]),
  }
}

/** The words of an item. */
export function useItemWords() {
  const { t } = useI18n()
  const unitOf = useUnit()
  const { criterion } = useItemTexts()

  /** `0～8 ℃`, `不低于 70 ℃`, `不高于 -12 ℃` */
  function limits(given: Limits | null | undefined): string {
    if (!given) return ''
    const unit = unitOf(given)
    const { min, max } = given
    // Counts cannot be below zero: that is no limit to tell.
    const hasMin = min != null && !(Number(min) === 0 && max == null)
    if (hasMin && max != null && Number(min) === Number(max)) return t('form.limit_exact', { n: min, unit })
    if (hasMin && max != null) return t('form.limit_both', { min, max, unit })
    if (hasMin) return t('form.limit_min', { n: min, unit })
    if (max != null) return t('form.limit_max', { n: max, unit })
    return ''
  }

  /** What to do about a value outside its limits, in one sentence; empty when all is well. */
  function advice(item: Item): string {
    // What is asked about first is no value yet.
    if (item.status !== 'judged') return ''
    const out = countedReadings(readingsOf(item.result)).find(({ v }) => {
      const side = sideOf(readNumber(v), item.limits)
      return side === 'below' || side === 'above'
    })
    if (!out || !item.limits) return ''
    const isBelow = sideOf(readNumber(out.v), item.limits) === 'below'
    return t(isBelow ? 'form.too_low' : 'form.too_high', {
      name: out.of ?? '',
      n: (isBelow ? item.limits.min : item.limits.max) ?? '',
      unit: unitOf(item.limits),
      action: criterion(item) || t('form.put_right'),
    })
  }

  /** `当场`, `2 小时内`, `今天内`, `3 天内` */
  function due(code: string | null | undefined): string {
    if (!code) return ''
    if (code === '0') return t('form.due.now')
    if (code === 'EOD') return t('form.due.today')
    const [, n, kind] = /^(\d+)([hd])$/.exec(code) ?? []
    if (!n) return code
    return kind === 'h' ? t('form.due.hours', { n }) : t('form.due.days', { n })
  }

  /** Under the item: how to judge it, its limits, whether a photo is needed. */
  function detail(item: Item): string {
    const parts = [
      criterion(item),
      limits(item.limits),
      item.limits_wait_for ? t('form.choose_method_first') : '',
      item.photo === 'always' ? t('form.photo_always') : '',
    ]
    return parts.filter((part) => part !== '').join(t('shared.dot'))
  }

  /** What is still missing, but for the answer itself. */
  function gaps(item: Item): string {
    const parts = item.missing.filter((need) => need !== 'answer')
    if (parts.length === 0) return ''
    const words = parts.map((need) =>
      need === 'note' && item.result === 'na' ? t('form.need.reason') : t(`form.need.${need}`),
    )
    return t('form.still_needs', { what: words.join(t('form.and')) })
  }

  return { limits, advice, due, detail, gaps }
}
