/** What an item's answer makes of its row. */
import { computed, ref, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { useHeld } from '@/shared/state/paint'
import { readingsOf } from './model/measure'
import type { Item } from './types'
import { useFormContext } from './context'
import type { ItemState } from './useFormItems'
import { useItemWords } from './words'

/** What stands under an item, and the tone that goes with it. */
interface Below {
  item: Item
  tone: 'off' | 'failed' | 'open' | 'done'
  note: boolean
  photos: boolean
  advice: string
  gaps: string
}

export interface RowState {
  item: ComputedRef<Item>
  isNa: ComputedRef<boolean>
  isMeasured: ComputedRef<boolean>
  /** Whether 不适用 is a button beside the answer, and not one of its verdicts. */
  hasNaButton: ComputedRef<boolean>
  /** Classes that say how much room the answer needs. */
  room: ComputedRef<Record<string, boolean>>
  /** Opened by hand, though the answer does not ask for it. */
  isOpened: Ref<boolean>
  below: Readonly<ShallowRef<Below>>
  /** Draws the answer first, and only after that what stands below; calls `then` behind it. */
  hold: (then?: () => void) => void
}

export function useRowState(state: () => ItemState): RowState {
  const { photos } = useFormContext()
  const words = useItemWords()
  const item = computed(() => state().shown)
  const isNa = computed(() => item.value.result === 'na')
  const isMeasured = computed(() => item.value.type === 'number' || item.value.type === 'temperature')
  const hasNaButton = computed(() => !['pass_fail', 'score'].includes(item.value.type))
  const room = computed(() => {
    const { type, result } = item.value
    const values = () => Math.max(readingsOf(result).length, item.value.readings)
    return {
      wide: type === 'text',
      verdicts: ['pass_fail', 'score', 'choice'].includes(type),
      measured: isMeasured.value && values() > 1,
      stacked: type === 'assets',
    }
  })
  const isOpened = ref(false)

  const showNote = computed(
    () =>
      isOpened.value ||
      item.value.passed === false ||
      isNa.value ||
      !!item.value.note ||
      item.value.missing.includes('note'),
  )
  const showPhotos = computed(
    () =>
      isOpened.value ||
      item.value.passed === false ||
      item.value.photos.length > 0 ||
      photos.of(item.value.code).length > 0 ||
      item.value.missing.includes('photo') ||
      (item.value.photo === 'always' && item.value.status === 'judged'),
  )
  const tone = computed(() => {
    if (item.value.status === 'not_asked') return 'off'
    if (item.value.passed === false) return 'failed'
    if (item.value.status === 'unanswered') return 'open'
    return item.value.missing.length > 0 ? 'open' : 'done'
  })
  const { value: below, hold } = useHeld<Below>(
    () => ({
      item: item.value,
      tone: tone.value,
      note: showNote.value,
      photos: showPhotos.value,
      advice: isMeasured.value ? words.advice(item.value) : '',
      gaps: words.gaps(item.value),
    }),
    () => state().draft !== null,
  )
  return { item, isNa, isMeasured, hasNaButton, room, isOpened, below, hold }
}
