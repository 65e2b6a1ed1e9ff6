/** Words that come from the commands in both languages. */
import { useI18n } from 'vue-i18n'

/** Gives the words in the screen's language; the Chinese ones where there are no others. */
export function useBilingual() {
  const { locale } = useI18n()
  return <T extends string | null | undefined>(zh: T, en: string | null | undefined): T | string =>
    (locale.value === 'en' && en) || zh
}
