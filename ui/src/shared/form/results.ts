/** Stored answers in words, for reading. */
import { useI18n } from 'vue-i18n'
import { useItemTexts, useUnit } from './words'
import { linesOf } from './model/assets'
import { readingsOf } from './model/measure'
import { isEmpty } from './model/optimistic'
import { signaturesOf } from './model/signature'
import type { Item } from './types'

/** What another program wrote, as it stands. */
const asWritten = (result: unknown) =>
  typeof result === 'string' || typeof result === 'number' ? String(result) : JSON.stringify(result)

/** Gives the words of any value of an item in the screen's language: its result, the one before a correction, one of several. */
export function useResultWords(): (item: Item, result: unknown) => string {
  const { t } = useI18n()
  const unitOf = useUnit()
  const texts = useItemTexts()

  function readings(item: Item, result: unknown): string {
    const unit = unitOf(item.limits)
    return readingsOf(result)
      .map(({ v, of, retest }) =>
        [retest ? t('form.retest_of', { name: of ?? '' }) : of, v, unit].filter(Boolean).join(' '),
      )
      .join(t('form.list_comma'))
  }
  /** Empty for what the kind of the item cannot hold. */
  function words(item: Item, result: unknown): string {
    switch (item.type) {
      case 'pass_fail':
        return result === 'pass' || result === 'fail' ? t(`form.${result}`) : ''
      case 'score':
        return typeof result === 'number' ? `${result} / ${item.max ?? ''}` : ''
      case 'number':
      case 'temperature':
        return readings(item, result)
      case 'signature':
        return signaturesOf(result).length > 0 ? t('form.signed') : ''
      case 'assets': {
        const n = linesOf(result).length
        return n > 0 ? t('form.things', { n }, n) : ''
      }
      case 'choice':
        return typeof result === 'string' ? texts.option(item, result) : ''
      default:
        return ''
    }
  }

  return (item, result) => {
    if (isEmpty(result)) return t('form.not_answered')
    return result === 'na' ? t('form.na') : words(item, result) || asWritten(result)
  }
}
