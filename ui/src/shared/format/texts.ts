/** Texts that come with the pages of their feature: the start of the program has no room for everybody's. */
import { useI18n } from 'vue-i18n'
import type { Language } from '@/shared/state/look'

/** The translator, with these texts in it; inside the setup of each component that says one of them. */
export function useTextsOf(texts: Readonly<Record<Language, object>>) {
  const i18n = useI18n()
  const known = i18n.getLocaleMessage('zh') as object
  if (!Object.keys(texts.zh).every((name) => name in known)) {
    i18n.mergeLocaleMessage('zh', texts.zh)
    i18n.mergeLocaleMessage('en', texts.en)
  }
  return i18n
}
