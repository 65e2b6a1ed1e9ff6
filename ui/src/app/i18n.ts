/** The texts: each feature keeps its own beside its components, as `<noun>.i18n.json` with `zh` and `en`. */
import { createI18n } from 'vue-i18n'
import type { Language } from '@/shared/state/look'

type Messages = Record<string, unknown>
type Catalogue = Record<Language, Messages>

/** Those of the start; the features that are left out bring theirs with their pages (`useTextsOf`). */
const files = import.meta.glob<Catalogue>(
  [
    '../{app,shared,features}/**/*.i18n.json',
    '!../features/{accounts,areas,board,conflicts,devices,enrol,finding-board,gate,handover,history,imports,inside,meal-ledgers,meals,meals-office,more,papers,patrol,patrol-board,people,person-records,registers,routes,school,search,sign-in,sync}/*.i18n.json',
    '!../features/people-here/hand/*.i18n.json',
    '!../shared/{meals,scan}/*.i18n.json',
  ],
  { eager: true, import: 'default' },
)

/** Several catalogues in one. */
export function catalogue(of: Record<string, Catalogue> = files): Catalogue {
  const all = Object.values(of)
  return {
    zh: Object.assign({}, ...all.map(({ zh }) => zh)),
    en: Object.assign({}, ...all.map(({ en }) => en)),
  }
}

/** The translator; Chinese first. */
export function makeI18n(language: Language) {
  return createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: 'zh',
    messages: catalogue() as never,
    missingWarn: import.meta.env.DEV,
    fallbackWarn: false,
  })
}
