/** How what was entered on a form gets into the store: at once or after a pause, and again where it did not. */
import { onScopeDispose } from 'vue'
import { CommandError, type AnswerValue } from '@/backend'
import type { Drafts } from './model/drafts'
import { isSame } from './model/optimistic'
import type { Queue } from './model/queue'
import type { FormPort } from './port'
import type { FormChange, Trouble } from './types'
import type { FormItems, ItemState, Part } from './useFormItems'

export interface Saves {
  /** Stores a part of the draft, now or when nothing more was entered for a while. */
  enter: (state: ItemState, part: Part, when: 'now' | 'soon') => void
  /** Keeps what stands in the fields of an item and is no answer yet; null when there is no such thing any more. */
  type: (state: ItemState, typed: unknown) => void
  /** This result of an item is meant, though it can hardly be: asked about once, it is taken. */
  sure: (code: string, result: AnswerValue | null) => void
  retry: (code: string) => void
  /** Stores everything that is not stored yet and was not refused. */
  writeAll: () => void
  /** Stores now what waits for a pause in typing, or to be tried again. */
  hurry: () => void
  /** Keeps on this device everything that is not stored yet. */
  keepAll: () => void
  /** Marks the row whose save failed. */
  failed: (key: string, thrown: unknown) => void
}

/** How long a pause in typing lasts before a text is stored; a half-typed number waits longer. */
const TEXT_MS = 350
const NUMBER_MS = 900
/** A time of day is an answer when it is whole, which its field knows when it is left. */
const pauseOf = (state: ItemState, part: Part) => {
  if (part === 'note' || state.view.type === 'text') return TEXT_MS
  return state.view.type === 'time' ? null : NUMBER_MS
}
/** How long until a save is tried again that got no answer. */
const AGAIN_MS = 3_000

/** What of a form saving asks: all of it but what it shows beside its items. */
type SavedItems = Pick<FormItems, 'seen' | 'item' | 'all' | 'apply' | 'stored'>

/** @param drafts where what is not stored yet is kept. */
export function useSaves(
  port: Pick<FormPort, 'answer' | 'note'>,
  items: SavedItems,
  queue: Queue,
  drafts: Drafts,
): Saves {
  const waiting = new Map<string, { run: () => void; timer: ReturnType<typeof setTimeout> | undefined }>()
  /** The results that somebody was asked about, and meant. */
  const meant = new Map<string, AnswerValue | null>()
  onScopeDispose(writeAll)

  /** Puts `run` off; without `ms` until the field is left. */
  function later(key: string, ms: number | null, run: () => void) {
    clearTimeout(waiting.get(key)?.timer)
    const now = () => {
      waiting.delete(key)
      run()
    }
    waiting.set(key, { run: now, timer: ms === null ? undefined : setTimeout(now, ms) })
  }
  function hurry() {
    for (const { run, timer } of [...waiting.values()]) {
      clearTimeout(timer)
      run()
    }
  }
  function keep(state: ItemState) {
    if (state.draft === null && state.typed === null) return
    const typed = state.typed === null ? {} : { typed: state.typed }
    drafts.keep(state.code, { ...state.draft, ...typed, seen: items.seen.of(state.code) })
  }

  /** Sends a part of the draft as it stands now; null when it has none any more. */
  function send(state: ItemState, part: Part): Promise<FormChange> | null {
    const { result, note } = state.draft ?? {}
    const common = { item: state.code, seen: items.seen.of(state.code) }
    if (part === 'note') return note === undefined ? null : port.note({ ...common, note })
    if (result === undefined) return null
    const isSure = meant.has(state.code) && isSame(meant.get(state.code), result)
    return port.answer({ ...common, result, ...(isSure ? { sure: true } : {}) })
  }

  function write(state: ItemState, part: Part) {
    queue.add(`${part}/${state.code}`, async () => {
      const value = state.draft?.[part]
      const sent = send(state, part)
      if (!sent) return
      const filled = await sent
      items.seen.saved(state.code, filled.version)
      items.stored(state, part, value)
      // What was typed meanwhile has seen this save.
      keep(state)
      items.apply(filled)
    })
  }

  function writeDraft(state: ItemState) {
    if (state.draft && 'result' in state.draft) write(state, 'result')
    if (state.draft && 'note' in state.draft) write(state, 'note')
  }

  function writeAll() {
    waiting.forEach(({ timer }) => clearTimeout(timer))
    waiting.clear()
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
      if (when === 'soon') {
        // A letter is kept long before the text is whole enough to be an answer.
        keep(state)
        return later(key, pauseOf(state, part), () => write(state, part))
      }
      clearTimeout(waiting.get(key)?.timer)
      waiting.delete(key)
      write(state, part)
    },
    hurry,
    keepAll: () => items.all().forEach(keep),
    type(state, typed) {
      if (state.typed === null && typed === null) return
      state.typed = typed
      if (typed === null && state.draft === null) drafts.forget(state.code)
      else keep(state)
    },
    sure: (code, result) => void meant.set(code, result),
    retry,
    writeAll,
    failed(key, thrown) {
      const [part, code] = key.split('/') as [Trouble['part'], string]
      const state = items.item(code)
      if (!state) return
      const problem = CommandError.from(thrown)
      state.trouble = { part, error: problem }
      keep(state)
      // The program may be there again in a moment; what it refused is the person's to change.
      if (problem.code === 'no-answer') later(`again/${code}`, AGAIN_MS, () => retry(code))
    },
  }
}
