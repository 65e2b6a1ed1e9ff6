/** What a field is called, and what is wrong with it, in the screen's language. */
import { useBilingual } from '@/shared/format/bilingual'
import type { Wrongs } from '../model/check'
import { useTexts } from '../texts'
import type { Field } from '../types'

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
      return t(field.options.length > 0 || field.refers ? 'register.choose_one' : 'register.must_fill')
    },
  }
}
