/** Answers that stay true: asked again whenever what they rest on has changed. */
import { inject, onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { CommandError, WHO, useBackend, type Answer, type Arguments, type CommandName } from '@/backend'
import { useNews } from './news'

export interface Query<T> {
  /** The newest answer; kept while the next one is on its way, so that nothing flickers. */
  data: Readonly<ShallowRef<T | undefined>>
  /** Why the last try failed; null when it did not. */
  error: Readonly<Ref<CommandError | null>>
  /** Asks again now. */
  reload: () => Promise<void>
  /** Puts in an answer that a saving command has already given. */
  set: (answer: T) => void
}

export interface QueryOptions {
  /**
   * The kinds of records that the answer rests on.
   * @default every kind
   */
  kinds?: readonly string[]
}

/** How long changes are gathered before the question is asked again. */
const GATHER_MS = 60

/**
 * Asks `name` with what `args` gives, and again when either changes; asks nothing while `args` gives null.
 * For another person the answer is another one: that of the one before is not shown meanwhile.
 *
 * A page that is only kept behind another takes no answer: nothing is drawn on it that could open above the page of somebody else.
 * It asks again when it is shown.
 */
export function useQuery<N extends CommandName>(
  name: N,
  args: () => Arguments<N> | null,
  options: QueryOptions = {},
): Query<Answer<N>> {
  const backend = useBackend()
  return useAnswer(args, (asked) => backend.call(name, asked), options)
}

/** The same for a question that is put through a port. */
export function useAnswer<A, T>(
  args: () => A | null,
  ask: (args: A) => Promise<T>,
  options: QueryOptions = {},
): Query<T> {
  const data = shallowRef<T>()
  const error = ref<CommandError | null>(null)
  const isShown = useNews(() => void reload(), { ...options, gather: GATHER_MS })
  let turn = 0

  async function reload() {
    const asked = args()
    if (asked === null || !isShown.value) return
    const mine = ++turn
    const isWanted = () => mine === turn && isShown.value
    try {
      const answer = await ask(asked)
      if (!isWanted()) return
      data.value = answer
      error.value = null
    } catch (thrown) {
      if (isWanted()) error.value = CommandError.from(thrown)
    }
  }

  function set(answer: T) {
    turn += 1
    data.value = answer
    error.value = null
  }

  onScopeDispose(() => (turn += 1))
  watch(() => JSON.stringify(args()), reload, { immediate: true })
  watch(
    inject(WHO, () => null),
    () => {
      data.value = undefined
      void reload()
    },
  )
  return { data, error, reload, set }
}
