/** Whose turn it is on the pad: one thing after another, or the one that somebody has pressed. */
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { Saves, Work } from './saves'

export interface Turn<T> {
  /** What was pressed by hand, by its id. */
  chosen: Ref<string | null>
  /** What is typed now; null while nobody may, or nothing is left. */
  current: ComputedRef<T | null>
  isBusy: (id: string) => boolean
  saving: (id: string) => ReturnType<Saves['of']>
  /** Stores one; the pad goes on to the next at once, and comes back where it is refused. */
  run: (id: string, work: Work) => Promise<void>
}

interface Parts<T> {
  saves: Saves
  /** Under which name the saves know a thing. */
  keyOf: (id: string) => string
  mayType: () => boolean
  /** Those that may be pressed. */
  all: () => readonly T[]
  idOf: (one: T) => string
  /** The next that lacks something and is not on its way to the store. */
  next: (isBusy: (id: string) => boolean) => T | null
}

export function useTurn<T>({ saves, keyOf, mayType, all, idOf, next }: Parts<T>): Turn<T> {
  const chosen = ref<string | null>(null)
  const isBusy = (id: string) => saves.isBusy(keyOf(id))
  return {
    chosen,
    current: computed(() => {
      if (!mayType()) return null
      const own = all().find((one) => idOf(one) === chosen.value && !isBusy(idOf(one)))
      return own ?? next(isBusy)
    }),
    isBusy,
    saving: (id) => saves.of(keyOf(id)),
    async run(id, work) {
      if (chosen.value === id) chosen.value = null
      if (!(await saves.run(keyOf(id), work))) chosen.value = id
    },
  }
}
