/** Which records answer to what is typed, by the store's own search: pinyin, and what else it understands. */
import { watchDebounced } from '@vueuse/core'
import { shallowRef, type Ref, type ShallowRef } from 'vue'
import { useBackend } from '@/backend'

/** How long a pause in typing lasts before the store is asked, in ms. */
const PAUSE_MS = 120
/** The most that one question may bring. */
const MOST = 100

/** What a command answers to what is typed, asked in each pause; `none` while nothing is typed, and where it does not answer. */
export function useAnswered<T>(
  typed: Readonly<Ref<string>>,
  none: T,
  ask: (query: string) => Promise<T>,
): Readonly<ShallowRef<T>> {
  const answered = shallowRef<T>(none)
  watchDebounced(
    typed,
    async (asked) => {
      const query = asked.trim()
      const answer = query ? await ask(query).catch(() => none) : none
      if (asked === typed.value) answered.value = answer
    },
    { debounce: PAUSE_MS },
  )
  return answered
}

/** The ids of the records of these `kinds`; none while nothing is typed. */
export function useFound(
  typed: Readonly<Ref<string>>,
  kinds: readonly string[],
): Readonly<ShallowRef<ReadonlySet<string>>> {
  const backend = useBackend()
  // A store that does not answer finds nothing more than the screen itself.
  return useAnswered<ReadonlySet<string>>(typed, new Set(), async (query) => {
    if (kinds.length === 0) return new Set()
    const { hits } = await backend.call('search.find', { query, kinds: [...kinds], limit: MOST })
    return new Set(hits.map(({ id }) => id))
  })
}

/** Letters and figures of what is looked for, without blanks and case. */
const plain = (text: string) => text.normalize('NFKC').replace(/\s/gu, '').toLowerCase()

/** Whether one of these texts holds what is looked for. */
export function holds(texts: readonly (string | null)[], wanted: string): boolean {
  const own = plain(wanted)
  return own === '' || texts.some((text) => text !== null && plain(text).includes(own))
}
