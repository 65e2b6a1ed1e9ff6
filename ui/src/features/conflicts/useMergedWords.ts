/** What was merged without asking anybody, in plain words. */
import { useBilingual } from '@/shared/format/bilingual'
import type { Merged } from './conflict'
import { useTexts } from './texts'

export function useMergedWords(): (merged: Merged) => { what: string; why: string } {
  const { t } = useTexts()
  const say = useBilingual()
  return ({ kind, people, items, ...said }) => {
    const [label, text] = [say(said.label, said.label_en) ?? '', say(said.text, said.text_en) ?? '']
    const who = people.map(({ name }) => name ?? t('conflicts.somebody')).join(t('conflicts.and'))
    if (kind === 'answered')
      return {
        what: t('conflicts.merged_answered', { who, n: items }, items),
        why: t('conflicts.merged_apart'),
      }
    if (kind === 'same')
      return {
        what: t('conflicts.merged_same', { who, label, text }),
        why: t('conflicts.merged_equal'),
      }
    return {
      what: t('conflicts.merged_harmless', { label, text }),
      why: t('conflicts.merged_by', { who }),
    }
  }
}
