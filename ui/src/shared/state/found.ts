/** Which records answer to what is typed, by the store's own search: pinyin, and what else it understands. */
import { watchDebounced } from '@vueuse/core'
import { shallowRef, type Ref, type ShallowRef } from 'vue'
import { useBackend } from '@/backend'

/** How long a pause in typing lasts before the store is asked, in ms. */
const PAUSE_MS = 120
/** The most that one question may bring. */
const MOST = 100

/** The ids of the records of these `kinds`; none while nothing is typed. */
export function useFound(
  typed: Readonly<Ref<string>>,
  kinds: readonly string[],
): Readonly<ShallowRef<ReadonlySet<string>>> {
  const backend = useBackend()
  const found = shallowRef<ReadonlySet<string>>(new Set())
  watchDebounced(
    typed,
    async (asked) => {
      const query = asked.trim()
      if (!query || kinds.length === 0) return void (found.value = new Set())
      // A store that does not answer finds nothing more than the screen itself.
      const { hits } = await backend
        .call('search.find', { query, kinds: [...kinds], limit: MOST })
        .catch(() => ({ hits: [] }))
      if (asked === typed.value) found.value = new Set(hits.map(({ id }) => id))
    },
    { debounce: PAUSE_MS },
  )
  return found
}
