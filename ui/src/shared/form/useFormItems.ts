/** The items of one open form: as the store last gave them, and over that what was entered and is not stored yet. */
import { computed, ref, shallowReactive, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { CommandError, type ScoreView } from '@/backend'
import { useHeld } from '@/shared/state/paint'
import type { Drafts } from './model/drafts'
import { isSame, withDraft } from './model/optimistic'
import { progressOf, type Progress } from './model/progress'
import { createSeen, type Seen } from './model/seen'
import type { PlaceForm } from './port'
import type { Draft, FormChange, Item, Trouble } from './types'

/** What of an item is saved by itself. */
export type Part = keyof Draft

/** One item on screen. */
export interface ItemState {
  readonly code: string
  readonly section: string
  /** As the store last gave it. */
  view: Item
  /** What was entered and is not stored yet. */
  draft: Draft | null
  /** What stands in its fields and is no answer yet; null where every field is part of one. */
  typed: unknown
  /** Set while a field of it has the focus: what arrives from elsewhere waits. */
  isEditing: boolean
  trouble: Trouble | null
  /** What a person sees. */
  readonly shown: Item
}

export interface SectionState {
  name: string
  nameEn: string | null
  items: ItemState[]
  progress: ComputedRef<Progress>
}

export interface FormItems<F extends PlaceForm = PlaceForm> {
  /** As it was last read. */
  form: Readonly<ShallowRef<F | null>>
  /** After the last save. */
  score: Readonly<ShallowRef<ScoreView | null>>
  sections: Readonly<ShallowRef<readonly SectionState[]>>
  progress: ComputedRef<Progress>
  seen: Seen
  /** Which items hold something that is not stored. */
  unsaved: Readonly<Ref<ReadonlySet<string>>>
  /** Whether something was saved since the form was last read: other items may have other limits now. */
  isStale: boolean
  item: (code: string) => ItemState | undefined
  all: () => ItemState[]
  /** The items of all sections, as a person sees them. */
  shown: () => Item[]
  /** Counts again only when the tap that comes now is drawn and stored. */
  holdCounts: () => void
  /** Puts in a whole form; what is being entered stays, and keeps what its author had seen. */
  take: (fresh: F) => void
  /** Puts in what a save answered. */
  apply: (filled: FormChange) => void
  setDraft: (state: ItemState, part: Draft) => void
  clearDraft: (state: ItemState) => void
  /** Takes away from the draft what was stored, unless something else was entered meanwhile. */
  stored: (state: ItemState, part: Part, value: unknown) => void
}

function addItem(view: Item, section: string): ItemState {
  const state = shallowReactive({
    code: view.code,
    section,
    view,
    draft: null as Draft | null,
    typed: null as unknown,
    isEditing: false,
    trouble: null as Trouble | null,
  })
  const shown = computed(() => withDraft(state.view, state.draft))
  const full = Object.defineProperty(state, 'shown', { get: () => shown.value, enumerable: false })
  return full as ItemState
}

/** What of a draft is not in the record; null when all of it is. */
function notStored(draft: Draft, view: Item): Draft | null {
  const open = { ...draft }
  if ('result' in open && isSame(open.result ?? null, view.result ?? null)) delete open.result
  if (open.note === (view.note ?? '')) delete open.note
  return Object.keys(open).length > 0 ? open : null
}

/** @param drafts where what is not stored yet is kept. */
export function useFormItems<F extends PlaceForm>(drafts: Drafts): FormItems<F> {
  const form = shallowRef(null) as ShallowRef<F | null>
  const score = shallowRef<ScoreView | null>(null)
  const sections = shallowRef<readonly SectionState[]>([])
  const unsaved = ref<ReadonlySet<string>>(new Set<string>())
  const items = new Map<string, ItemState>()
  const seen = createSeen()

  /** The items of each section as a person sees them. */
  const shownItems = () =>
    new Map(sections.value.map(({ name, items }) => [name, items.map(({ shown }) => shown)]))
  /** What is counted; it follows a tap when that is drawn and stored. */
  const { value: counted, hold: holdCounts } = useHeld(shownItems, () => unsaved.value.size > 0)

  function take(fresh: F) {
    const held: string[] = []
    const next = fresh.sections.map(({ section, section_en: nameEn, items: views }) => ({
      section,
      nameEn,
      states: views.map((view) => {
        const state = items.get(view.code)
        if (!state) return addItem(view, section)
        // It got into the record, and only the answer to the save did not come.
        if (state.draft !== null && notStored(state.draft, view) === null) {
          clearDraft(state)
          state.trouble = null
        }
        const isHeld = state.draft !== null || state.isEditing
        const isOther = !isSame([state.view.result, state.view.note], [view.result, view.note])
        if (isHeld && (isOther || seen.isApart(view.code))) held.push(view.code)
        else if (!isSame(state.view, view)) state.view = view
        return state
      }),
    }))
    seen.shown(fresh.version, held)
    const isFirst = items.size === 0
    next.forEach(({ states }) => states.forEach((state) => items.set(state.code, state)))
    if (isFirst) restore()
    if (isFirst || fresh.sections.length !== sections.value.length) {
      sections.value = next.map(({ section, nameEn, states }) => ({
        name: section,
        nameEn,
        items: states,
        progress: computed(() => progressOf(counted.value.get(section) ?? [])),
      }))
    }
    form.value = fresh
    score.value = fresh.score
  }

  /**
   * Shows what was not stored the last time; the person looks at it and tries again.
   *
   * It is saved with what its author had seen then: what somebody else has written since stands beside it.
   */
  function restore() {
    drafts.load().forEach(({ seen: seenThen, typed = null, ...draft }, code) => {
      const state = items.get(code)
      if (state) state.typed = typed
      const open = state && notStored(draft, state.view)
      if (!state || !open) return typed === null && drafts.forget(code)
      seen.since(code, seenThen)
      setDraft(state, open)
      state.trouble = { part: 'result', error: new CommandError('not-stored-before', '') }
    })
  }

  function apply(filled: FormChange) {
    model.isStale = true
    filled.items.forEach((view) => {
      const state = items.get(view.code)
      if (state && !isSame(state.view, view)) state.view = view
    })
    score.value = filled.score
  }

  function setDraft(state: ItemState, part: Draft) {
    state.draft = { ...state.draft, ...part }
    state.trouble = null
    unsaved.value = new Set(unsaved.value).add(state.code)
  }

  function stored(state: ItemState, part: Part, value: unknown) {
    const draft = { ...state.draft }
    if (part in draft && isSame(draft[part], value)) delete draft[part]
    if (Object.keys(draft).length > 0) state.draft = draft
    else clearDraft(state)
    if (state.trouble?.part === part) state.trouble = null
  }

  function clearDraft(state: ItemState) {
    state.draft = null
    if (state.typed === null) drafts.forget(state.code)
    const rest = new Set(unsaved.value)
    rest.delete(state.code)
    unsaved.value = rest
  }

  const model: FormItems<F> = {
    form,
    score,
    sections,
    progress: computed(() => progressOf([...counted.value.values()].flat())),
    seen,
    unsaved,
    isStale: false,
    item: (code) => items.get(code),
    all: () => [...items.values()],
    shown: () => [...shownItems().values()].flat(),
    holdCounts,
    take,
    apply,
    setDraft,
    clearDraft,
    stored,
  }
  return model
}
