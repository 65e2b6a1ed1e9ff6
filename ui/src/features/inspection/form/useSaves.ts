/** How what was entered on a form gets into the store: at once or after a pause, and again where it did not. */
import { onScopeDispose } from 'vue'
import { CommandError, useBackend, type Filled } from '@/backend'
import type { Drafts } from '../model/drafts'
import type { Queue } from '../model/queue'
import type { Trouble } from '../types'
import type { FormItems, ItemState, Part } from './useFormItems'

export interface Saves {
  /** Stores a part of the draft, now or when nothing more was entered for a while. */
  enter: (state: ItemState, part: Part, when: 'now' | 'soon') => void
  retry: (code: string) => void
  /** Stores what still waits for a pause in typing. */
  writeAll: () => void
  /** Marks the row whose save failed. */
  failed: (key: string, thrown: unknown) => void
}

/** How long a pause in typing lasts before a text is stored; a half-typed number waits longer. */
const TEXT_MS = 350
const NUMBER_MS = 900
/** How long until a save is tried again that got no answer. */
const AGAIN_MS = 3_000

/**
 * @param id the inspection.
 * @param drafts where what could not be stored is kept.
 */
export function useSaves(id: string, items: FormItems, queue: Queue, drafts: Drafts): Saves {
  const backend = useBackend()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  onScopeDispose(writeAll)

  function later(key: string, ms: number, run: () => void) {
    clearTimeout(timers.get(key))
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key)
        run()
      }, ms),
    )
  }

  /** Sends a part of the draft as it stands now; null when it has none any more. */
  function send(state: ItemState, part: Part): Promise<Filled> | null {
    const { result, note } = state.draft ?? {}
    const common = { id, item: state.code, seen: items.seen.of(state.code) }
    if (part === 'note')
      return note === undefined ? null : backend.call('inspection.note', { ...common, note })
    return result === undefined ? null : backend.call('inspection.answer', { ...common, result })
  }

  function write(state: ItemState, part: Part) {
    queue.add(`${part}/${state.code}`, async () => {
      const value = state.draft?.[part]
      const sent = send(state, part)
      if (!sent) return
      const filled = await sent
      items.seen.saved(state.code, filled.version)
      items.stored(state, part, value)
      items.apply(filled)
    })
  }

  function writeDraft(state: ItemState) {
    if (state.draft && 'result' in state.draft) write(state, 'result')
    if (state.draft && 'note' in state.draft) write(state, 'note')
  }

  function writeAll() {
    timers.forEach((timer) => clearTimeout(timer))
    timers.clear()
    items.all().forEach((state) => {
      // What was refused is refused again; it is kept, and waits for a change.
      if (!state.trouble) writeDraft(state)
    })
  }

  function retry(code: string) {
    const state = items.item(code)
    if (!state) return
    state.trouble = null
    writeDraft(state)
  }

  return {
    enter(state, part, when) {
      const key = `${part}/${state.code}`
      const ms = part === 'note' || state.view.type === 'text' ? TEXT_MS : NUMBER_MS
      if (when === 'soon') return later(key, ms, () => write(state, part))
      clearTimeout(timers.get(key))
      timers.delete(key)
      write(state, part)
    },
    retry,
    writeAll,
    failed(key, thrown) {
      const [part, code] = key.split('/') as [Trouble['part'], string]
      const state = items.item(code)
      if (!state) return
      const problem = CommandError.from(thrown)
      state.trouble = { part, error: problem }
      if (state.draft) drafts.keep(code, state.draft)
      // The program may be there again in a moment; what it refused is the person's to change.
      if (problem.code === 'no-answer') later(`again/${code}`, AGAIN_MS, () => retry(code))
    },
  }
}
