/** What a field that names records may be given. */
import { computed, type ComputedRef } from 'vue'
import { useBilingual } from '@/shared/format/bilingual'
import { useQuery } from '@/shared/state/query'

/** So many are offered; whoever is looked for beyond that is found by the search. */
const MOST = 500

export interface Option {
  value: string
  text: string
}

/**
 * @param kind the kind of the records; null asks for none.
 * @param of what narrows them down: a field of the form, and the record that stands in it.
 */
export function usePick(
  kind: () => string | null,
  of: () => { field: string; id: string } | null = () => null,
): {
  options: ComputedRef<Option[]>
  isKnown: ComputedRef<boolean>
} {
  const say = useBilingual()
  const list = useQuery('entry.pick', () => {
    const asked = kind()
    return asked ? { kind: asked, limit: MOST, of: of() } : null
  })
  return {
    options: computed(() =>
      (list.data.value?.options ?? []).map(({ id, text, text_en }) => ({
        value: id,
        text: say(text, text_en),
      })),
    ),
    isKnown: computed(() => list.data.value !== undefined),
  }
}
