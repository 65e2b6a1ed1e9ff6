/** What kind of record something is, in words. */
import { useI18n } from 'vue-i18n'

/**
 * Gives the kind in the screen's language: in Chinese as the commands tell it; in English by its name, of which only what people
 * call otherwise has words of its own.
 */
export function useKindWords(): (record: { kind: string; kind_zh: string }) => string {
  const { t, te, locale } = useI18n()
  return ({ kind, kind_zh }) => {
    if (locale.value === 'zh') return kind_zh
    if (te(`kind.${kind}`)) return t(`kind.${kind}`)
    const words = kind.replaceAll('_', ' ')
    return words.charAt(0).toUpperCase() + words.slice(1)
  }
}
