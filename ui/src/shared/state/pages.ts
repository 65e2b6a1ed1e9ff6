/** A long list that is read page by page, and stays true while it is looked at. */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { CommandError, useBackend, type Answer, type Arguments, type CommandName } from '@/backend'
import { useNews } from './news'

/** The commands whose answer has a `next` page. */
export type PagedCommand = {
  [N in CommandName]: Answer<N> extends { next?: string | null } ? N : never
}[CommandName]

/** How many rows come at once. */
const PAGE = 100
/** The most that one question may bring. */
const MOST = 1_000
const GATHER_MS = 120

export interface PagesOptions<N extends PagedCommand, T> {
  /** The arguments without page; null asks nothing. */
  args: () => Omit<Arguments<N>, 'after' | 'limit'> | null
  /** The rows of a page. */
  rows: (answer: Answer<N>) => readonly T[]
  /**
   * The kinds of records that the list rests on.
   * @default every kind
   */
  kinds?: readonly string[]
}

/** Reads `name` page by page; what changed is read anew, as far as it was read before. */
export function usePages<N extends PagedCommand, T>(name: N, options: PagesOptions<N, T>) {
  const backend = useBackend()
  const rows = shallowRef<readonly T[]>([])
  const next = ref<string | null>(null)
  const isKnown = ref(false)
  const isReading = ref(false)
  const error = shallowRef<CommandError | null>(null)
  let turn = 0

  const ask = (after: string | null, limit: number) =>
    backend.call(name, { ...options.args(), after, limit } as Arguments<N>)

  async function read(work: (mine: number) => Promise<void>) {
    if (options.args() === null) return
    const mine = ++turn
    isReading.value = true
    try {
      await work(mine)
      if (mine === turn) error.value = null
    } catch (thrown) {
      if (mine === turn) error.value = CommandError.from(thrown)
    } finally {
      if (mine === turn) isReading.value = false
    }
  }

  /** From the start, as many as stand there. */
  const reload = () =>
    read(async (mine) => {
      const wanted = Math.max(PAGE, rows.value.length)
      const all: T[] = []
      let after: string | null = null
      do {
        const answer: Answer<N> = await ask(after, Math.min(MOST, wanted - all.length))
        if (mine !== turn) return
        all.push(...options.rows(answer))
        after = (answer as { next?: string | null }).next ?? null
      } while (after !== null && all.length < wanted)
      rows.value = all
      next.value = after
      isKnown.value = true
    })

  const more = () => {
    if (next.value === null || isReading.value) return Promise.resolve()
    return read(async (mine) => {
      const answer = await ask(next.value, PAGE)
      if (mine !== turn) return
      rows.value = [...rows.value, ...options.rows(answer)]
      next.value = (answer as { next?: string | null }).next ?? null
    })
  }

  useNews(() => void reload(), { kinds: options.kinds, gather: GATHER_MS })
  onScopeDispose(() => (turn += 1))
  // Another question: nothing of the old answer stays.
  watch(
    () => JSON.stringify(options.args()),
    () => {
      rows.value = []
      next.value = null
      isKnown.value = false
      void reload()
    },
    { immediate: true },
  )
  return { rows, isKnown, error, reload, more, hasMore: computed(() => next.value !== null) }
}
