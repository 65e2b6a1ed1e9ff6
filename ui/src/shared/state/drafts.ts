/** The way of what was begun to the store of this device: one draft a form and person, its writes in order. */
import { readonly, ref, type Ref } from 'vue'
import { CommandError, type Arguments, type Backend, type DraftView } from '@/backend'
import type { Left } from './leave'

/** Which form, and what it is about; the name of a form may go on behind a `/`. */
export interface FormKey {
  form: string
  /** Left out for something new. */
  record?: string
}

/** What is kept; null for nothing. */
export type DraftContent = Omit<Arguments<'draft.save'>, 'form' | 'record'> | null

export interface DraftSlot {
  /** The content has changed: it is written after a short pause in typing. */
  touch: () => void
  /** Writes at once what waits; where all is left, again what may not have arrived yet. Settles when it was tried. */
  flush: (left?: Left) => Promise<void>
  /** What is kept, after everything of ours has arrived; tried until there is an answer. */
  read: () => Promise<DraftView | null>
  /** Why the last write failed; null when it did not. */
  problem: Readonly<Ref<CommandError | null>>
}

const arrivals = ref(0)

/** Grows with every draft of ours that the store has taken; a list of them that was asked for before may lack it. */
export const draftArrivals: Readonly<Ref<number>> = readonly(arrivals)

/** How long a pause in typing lasts before it is kept: shorter than a hand needs to let go of the tablet. */
const PAUSE_MS = 120
/** How long until it is tried again. */
const AGAIN_MS = 3_000

/**
 * @param person in whose name; the door refuses it while somebody else works here, and then it waits.
 * @param content what is to be kept, asked for when it is written.
 */
export function createDraftSlot(
  backend: Backend,
  person: string,
  { form, record }: FormKey,
  content: () => DraftContent,
): DraftSlot {
  const problem = ref<CommandError | null>(null)
  const key = { form, record: record ?? null }
  let timer: ReturnType<typeof setTimeout> | undefined
  let isWaiting = false
  let writing: Promise<void> | null = null

  function send() {
    const kept = content()
    return kept
      ? backend.call('draft.save', { ...key, ...kept }, person)
      : backend.call('draft.discard', key, person)
  }
  function later(ms: number) {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), ms)
  }
  async function write() {
    while (isWaiting) {
      isWaiting = false
      try {
        await send()
        problem.value = null
        arrivals.value += 1
      } catch (thrown) {
        // Nothing that was typed is given up: the program may be back in a moment, or the person.
        isWaiting = true
        problem.value = CommandError.from(thrown)
        return later(AGAIN_MS)
      }
    }
  }
  async function flush(left?: Left) {
    clearTimeout(timer)
    // What is under way may be cut off together with the page; sent again, it is the same.
    if (left === 'all' && writing) void send().catch(() => {})
    if (isWaiting) writing ??= write().finally(() => (writing = null))
    await writing
  }

  return {
    problem,
    flush,
    touch() {
      isWaiting = true
      later(PAUSE_MS)
    },
    async read() {
      for (;;) {
        await flush()
        try {
          return (await backend.call('draft.get', key, person)).draft ?? null
        } catch (thrown) {
          if (CommandError.from(thrown).code !== 'no-answer') return null
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      }
    },
  }
}
