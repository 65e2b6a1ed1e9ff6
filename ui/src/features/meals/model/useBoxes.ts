/** The boxes that are free, and the fridge that was used last: from the samples that are known here. */
import { computed } from 'vue'
import { useQuery } from '@/shared/state/query'
import { boxKey, freeBoxes } from './boxes'

/** So many samples back, boxes are looked for. */
const BACK = 120

/** What makes of a category a fridge, as equipment has it. */
const FRIDGE = '冷藏冷冻'

export function useBoxes(isOn: () => boolean) {
  const asked = (kind: string) => () => (isOn() ? { kind, limit: BACK } : null)
  const samples = useQuery('entry.list', asked('food_sample'), { kinds: ['food_sample'] })
  const gone = useQuery('entry.list', asked('sample_disposal'), { kinds: ['sample_disposal'] })
  const assets = useQuery('asset.list', () => (isOn() ? { limit: 1_000 } : null), { kinds: ['asset'] })

  const rows = computed(() =>
    (samples.data.value?.rows ?? []).filter((row) => !row.void && typeof row.fields['box_no'] === 'string'),
  )
  const used = computed(() =>
    rows.value.map(({ fields, at }) => ({
      box_no: String(fields['box_no']),
      at: typeof fields['taken_at'] === 'number' ? fields['taken_at'] : (at ?? 0),
    })),
  )
  const disposed = computed(
    () =>
      new Set((gone.data.value?.rows ?? []).filter((row) => !row.void).map(({ fields }) => fields['sample'])),
  )
  const standing = computed(() =>
    rows.value.filter(({ id }) => !disposed.value.has(id)).map(({ fields }) => String(fields['box_no'])),
  )
  const fridges = computed(() =>
    (assets.data.value?.assets ?? []).flatMap(({ id, name, active, category }) =>
      active && category === FRIDGE ? [{ value: id, text: name ?? id }] : [],
    ),
  )
  return {
    /** Known once both lists are here: of half of it a box would look free that is not. */
    free: computed(() =>
      samples.data.value && gone.data.value ? freeBoxes(used.value, standing.value) : [],
    ),
    isStanding: (box: string) => standing.value.some((one) => boxKey(one) === boxKey(box)),
    fridges,
    lastFridge: computed(() => {
      const last = rows.value.map(({ fields }) => fields['fridge']).find((id) => typeof id === 'string')
      return fridges.value.some(({ value }) => value === last) ? String(last) : ''
    }),
  }
}
