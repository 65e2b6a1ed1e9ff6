/** What a field is called, and what is wrong with it, in the screen's language. */
import { useBilingual } from '@/shared/format/bilingual'
import type { Wrongs } from '../model/check'
import { useTexts } from '../texts'
import type { Field } from '../types'

/** What is to be done about a blank, where that is not to type something. */
const MISSING: Readonly<Record<string, string>> = {
  PHOTOS: 'register.must_photo',
  ROWS: 'register.must_lines',
  SIG: 'register.must_sign',
}

export function useFieldWords() {
  const { t } = useTexts()
  const say = useBilingual()
  return {
    label(field: Field, needed: boolean): string {
      const words = say(field.label, field.label_en)
      return needed ? t('register.needed_label', { label: words }) : words
    },
    error(field: Field, wrong: Wrongs[string] | undefined): string | null {
      if (!wrong) return null
      if (wrong !== 'needed') return say(wrong.zh, wrong.en)
      if (field.options.length > 0 || field.refers || field.type === 'YES') return t('register.choose_one')
      return t(MISSING[field.type] ?? 'register.must_fill')
    },
  }
}
