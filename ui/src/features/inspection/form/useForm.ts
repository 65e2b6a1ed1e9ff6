/** One open form: what is shown, what was entered, and how it gets into the store in order. */
import {
  computed,
  onScopeDispose,
  ref,
  shallowReactive,
  shallowRef,
  type ComputedRef,
  type Ref,
  type ShallowRef,
} from 'vue'
import { CommandError, useBackend, type Arguments, type ScoreView } from '@/backend'
import { useHeld } from '@/shared/state/paint'
import type { Drafts } from '../model/drafts'
import { isSame, withDraft } from '../model/optimistic'
import { isRest, nextGap, progressOf, type Progress } from '../model/progress'
import { createQueue } from '../model/queue'
import { readFilled, readForm } from '../model/read'
import { createSeen } from '../model/seen'
import type { Draft, Filled, Form, Item, Trouble } from '../types'
import { createUndo, type Undo, type UndoStep } from './undo'

/** One item on screen. */
export interface ItemState {
  readonly code: string
  readonly section: string
  /** As the store last gave it. */
  view: Item
  /** What was entered and is not stored yet. */
  draft: Draft | null
  /** Set while a field of it has the focus: what arrives from elsewhere waits. */
  isEditing: boolean
  trouble: Trouble | null
  /** What a person sees. */
  readonly shown: Item
}

export interface SectionState {
  name: string
  items: ItemState[]
  progress: ComputedRef<Progress>
}

export interface FormModel {
  /** As it was last read. */
  form: Readonly<ShallowRef<Form | null>>
  /** After the last save. */
  score: Readonly<ShallowRef<ScoreView | null>>
  error: Readonly<Ref<CommandError | null>>
  /** Why the last "rest is fine" was refused. */
  restError: Readonly<Ref<CommandError | null>>
  sections: Readonly<ShallowRef<readonly SectionState[]>>
  progress: ComputedRef<Progress>
  undo: Undo
  item: (code: string) => ItemState | undefined
  nextGap: (after: string | null) => string | null
  answer: (code: string, result: unknown, when?: 'now' | 'soon') => void
  note: (code: string, note: string, when?: 'now' | 'soon') => void
  rest: (section: string) => void
  retry: (code: string) => void
  /** Runs a command that changes the form, in order with the saves. */
  save: (code: string, command: (seen: string) => Promise<unknown>) => Promise<void>
  /** Stores what still waits for a pause in typing, and settles when all of it was tried. */
  flush: () => Promise<void>
  reload: () => void
  /** How many items hold something that is not stored. */
  unsaved: ComputedRef<number>
}

/** How long a pause in typing lasts before a text is stored; a half-typed number waits longer. */
const TEXT_MS = 350
const NUMBER_MS = 900
/** How long changes are gathered before the form is read anew. */
const GATHER_MS = 250

/** How long until a save is tried again that got no answer. */
const AGAIN_MS = 3_000

/** @param drafts where what could not be stored is kept. */
export function useForm(id: string, drafts: Drafts): FormModel {
  const backend = useBackend()
  const form = shallowRef<Form | null>(null)
  const score = shallowRef<ScoreView | null>(null)
  const error = ref<CommandError | null>(null)
  const restError = ref<CommandError | null>(null)
  const sections = shallowRef<readonly SectionState[]>([])
  const items = new Map<string, ItemState>()
  const seen = createSeen()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const unsavedCodes = ref(new Set<string>())

  /** The items of each section as a person sees them. */
  const shownItems = () =>
    new Map(sections.value.map(({ name, items }) => [name, items.map(({ shown }) => shown)]))
  /** What is counted; it follows a tap when that is drawn and stored. */
  const { value: counted, hold: holdCounts } = useHeld(shownItems, () => unsavedCodes.value.size > 0)

  /** Whether something was saved since the form was last read: other items may have other limits now. */
  let isStale = false
  const queue = createQueue(fail, () => isStale && planReload())

  function fail(key: string, thrown: unknown) {
    const [part, code] = key.split('/') as [Trouble['part'], string]
    const state = items.get(code)
    const problem = CommandError.from(thrown)
    if (!state) {
      error.value = problem
      return
    }
    state.trouble = { part, error: problem }
    if (state.draft) drafts.keep(code, state.draft)
    // The program may be there again in a moment; what it refused is the person's to change.
    if (problem.code === 'no-answer') later(`again/${code}`, AGAIN_MS, () => retry(code))
  }

  function addItem(view: Item, section: string): ItemState {
    const state = shallowReactive({
      code: view.code,
      section,
      view,
      draft: null as Draft | null,
      isEditing: false,
      trouble: null as Trouble | null,
    })
    const shown = computed(() => withDraft(state.view, state.draft))
    const full = Object.defineProperty(state, 'shown', { get: () => shown.value, enumerable: false })
    return full as ItemState
  }

  /** Puts in a whole form; what is being entered stays, and keeps what its author had seen. */
  function take(fresh: Form) {
    const held: string[] = []
    const next = fresh.sections.map(({ section, items: views }) => ({
      section,
      states: views.map((view) => {
        const state = items.get(view.code)
        if (!state) return addItem(view, section)
        const isHeld = state.draft !== null || state.isEditing
        const isOther = !isSame([state.view.result, state.view.note], [view.result, view.note])
        if (isHeld && isOther) held.push(view.code)
        else if (!isSame(state.view, view)) state.view = view
        return state
      }),
    }))
    seen.shown(fresh.version, held)
    const isFirst = items.size === 0
    next.forEach(({ states }) => states.forEach((state) => items.set(state.code, state)))
    if (isFirst) restore()
    if (isFirst || fresh.sections.length !== sections.value.length) {
      sections.value = next.map(({ section, states }) => ({
        name: section,
        items: states,
        progress: computed(() => progressOf(counted.value.get(section) ?? [])),
      }))
    }
    form.value = fresh
    score.value = fresh.score
  }

  /** Shows what could not be stored the last time; the person looks at it and tries again. */
  function restore() {
    drafts.load().forEach((draft, code) => {
      const state = items.get(code)
      if (!state) return drafts.forget(code)
      setDraft(state, draft)
      state.trouble = { part: 'result', error: new CommandError('not-stored-before', '') }
    })
  }

  /** Puts in what a save answered. */
  function apply(filled: Filled) {
    isStale = true
    filled.items.forEach((view) => {
      const state = items.get(view.code)
      if (state && !isSame(state.view, view)) state.view = view
    })
    score.value = filled.score
  }

  function setDraft(state: ItemState, part: Draft) {
    state.draft = { ...state.draft, ...part }
    state.trouble = null
    unsavedCodes.value = new Set(unsavedCodes.value).add(state.code)
  }

  /** Takes away from the draft what was stored, unless something else was entered meanwhile. */
  function stored(state: ItemState, part: 'result' | 'note', value: unknown) {
    const draft = { ...state.draft }
    if (part in draft && isSame(draft[part], value)) delete draft[part]
    if (Object.keys(draft).length > 0) state.draft = draft
    else clearDraft(state)
    if (state.trouble?.part === part) state.trouble = null
  }

  function clearDraft(state: ItemState) {
    state.draft = null
    drafts.forget(state.code)
    const rest = new Set(unsavedCodes.value)
    rest.delete(state.code)
    unsavedCodes.value = rest
  }

  function write(state: ItemState, part: 'result' | 'note') {
    queue.add(`${part}/${state.code}`, async () => {
      const value = state.draft?.[part]
      if (value === undefined) return
      const common = { id, item: state.code, seen: seen.of(state.code) }
      const answer =
        part === 'note'
          ? await backend.call('inspection.note', { ...common, note: value as string })
          : await backend.call('inspection.answer', {
              ...common,
              result: value as Arguments<'inspection.answer'>['result'],
            })
      const filled = readFilled(answer)
      seen.saved(state.code, filled.version)
      stored(state, part, value)
      apply(filled)
    })
  }

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

  function enter(state: ItemState, part: 'result' | 'note', when: 'now' | 'soon') {
    const key = `${part}/${state.code}`
    if (when === 'soon')
      return later(key, part === 'note' || state.view.type === 'text' ? TEXT_MS : NUMBER_MS, () =>
        write(state, part),
      )
    clearTimeout(timers.get(key))
    timers.delete(key)
    write(state, part)
  }

  function retry(code: string) {
    const state = items.get(code)
    if (!state) return
    state.trouble = null
    if (state.draft && 'result' in state.draft) write(state, 'result')
    if (state.draft && 'note' in state.draft) write(state, 'note')
  }

  function writeAll() {
    timers.forEach((timer) => clearTimeout(timer))
    timers.clear()
    items.forEach((state) => {
      // What was refused is refused again; it is kept, and waits for a change.
      if (state.trouble) return
      if (state.draft && 'result' in state.draft) write(state, 'result')
      if (state.draft && 'note' in state.draft) write(state, 'note')
    })
  }

  let reloadTimer: ReturnType<typeof setTimeout> | undefined
  function planReload() {
    clearTimeout(reloadTimer)
    reloadTimer = setTimeout(() => reload(), GATHER_MS)
  }
  let isReading = false
  function reload() {
    if (isReading) return
    isReading = true
    // In order with the saves, so that what was seen never goes back behind one's own.
    queue.add('reload/', async () => {
      isReading = false
      isStale = false
      clearTimeout(reloadTimer)
      try {
        take(readForm(await backend.call('inspection.get', { id })))
        error.value = null
      } catch (thrown) {
        error.value = CommandError.from(thrown)
      }
    })
  }

  const stop = backend.onChange((news) => {
    if (news.type !== 'changed') return
    const isOurs = news.ids.length === 0 || news.ids.includes(id)
    const isFinding = news.kinds.length === 0 || news.kinds.includes('finding')
    if (isOurs || isFinding) planReload()
  })
  onScopeDispose(() => {
    stop()
    writeAll()
    clearTimeout(reloadTimer)
  })
  reload()

  async function save(code: string, command: (seen: string) => Promise<unknown>) {
    await queue.barrier(`photo/${code}`, async () => {
      const filled = readFilled(await command(seen.of(code)))
      seen.saved(code, filled.version)
      apply(filled)
    })
  }

  const undo = createUndo({
    run: takeBack,
    fallback() {
      const own = [...items.values()].filter(({ view }) => view.can_undo)
      const latest = own.sort((a, b) => (b.view.at ?? 0) - (a.view.at ?? 0))[0]
      return latest && form.value ? { code: latest.code } : null
    },
  })

  function takeBack(step: UndoStep): Promise<void> {
    const code = step.code
    return queue.barrier(`undo/${code ?? ''}`, async () => {
      const common = { id, seen: code ? seen.of(code) : seen.all() }
      const result = step.before as Arguments<'inspection.answer'>['result']
      const answer = !code
        ? await backend.call('inspection.undo', { ...common, section: step.section })
        : step.isTyped
          ? await backend.call('inspection.answer', { ...common, item: code, result })
          : await backend.call('inspection.undo', { ...common, item: code })
      const filled = readFilled(answer)
      if (code) seen.saved(code, filled.version)
      else seen.savedAll(filled.version)
      filled.items.forEach((view) => items.get(view.code) && clearDraft(items.get(view.code) as ItemState))
      apply(filled)
    })
  }

  return {
    form,
    score,
    error,
    restError,
    sections,
    progress: computed(() => progressOf([...counted.value.values()].flat())),
    undo,
    item: (code) => items.get(code),
    nextGap: (after) => nextGap([...shownItems().values()].flat(), after),
    answer(code, result, when = 'now') {
      const state = items.get(code)
      if (!state) return
      undo.note({ code, before: state.shown.result ?? null, isTyped: when === 'soon' || state.isEditing })
      if (when === 'now') holdCounts()
      setDraft(state, { result })
      enter(state, 'result', when)
    },
    note(code, note, when = 'now') {
      const state = items.get(code)
      if (!state) return
      setDraft(state, { note })
      enter(state, 'note', when)
    },
    rest(section) {
      const found = sections.value.find(({ name }) => name === section)
      if (!found) return
      void restOf(found)
    },
    retry,
    save,
    async flush() {
      writeAll()
      await queue.idle()
    },
    reload,
    unsaved: computed(() => unsavedCodes.value.size),
  }

  async function restOf(section: SectionState) {
    const filling = section.items.filter((state) => isRest(state.shown))
    filling.forEach((state) => (state.draft = { ...state.draft, result: 'pass' }))
    restError.value = null
    try {
      await queue.barrier('rest/', async () => {
        const answer = await backend.call('inspection.rest', { id, section: section.name, seen: seen.all() })
        const filled = readFilled(answer)
        seen.savedAll(filled.version)
        undo.note({ section: section.name, codes: filled.items.map(({ code }) => code) })
        apply(filled)
      })
    } catch (thrown) {
      restError.value = CommandError.from(thrown)
    }
    filling.forEach((state) => stored(state, 'result', 'pass'))
  }
}
