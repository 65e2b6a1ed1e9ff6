/** One open form: what is shown, what was entered, and how it gets into the store in order. */
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { CommandError, type AnswerValue, type PhotoRef } from '@/backend'
import type { Leaving } from '@/shared/state/leave'
import type { Drafts } from './model/drafts'
import { isRest, nextGap } from './model/progress'
import { createQueue } from './model/queue'
import type { FormPort, PlaceForm } from './port'
import type { FormChange } from './types'
import { createUndo, type Undo, type UndoStep } from './undo'
import { useFormItems, type FormItems, type SectionState } from './useFormItems'
import { useReload } from './useReload'
import { useSaves } from './useSaves'

export interface FormModel<F extends PlaceForm = PlaceForm> extends Pick<
  FormItems<F>,
  'form' | 'score' | 'sections' | 'progress' | 'item'
> {
  /** Why the form could not be read. */
  error: Readonly<Ref<CommandError | null>>
  /** Why the last "rest is fine" was refused. */
  restError: Readonly<Ref<CommandError | null>>
  undo: Undo
  nextGap: (after: string | null) => string | null
  answer: (code: string, result: AnswerValue | null, when?: 'now' | 'soon') => void
  /** Answers with a value that can hardly be meant, and is. */
  insist: (code: string, result: AnswerValue) => void
  note: (code: string, note: string, when?: 'now' | 'soon') => void
  /** What stands in the fields of an item and is no answer yet, or null. */
  type: (code: string, typed: unknown) => void
  rest: (section: string) => void
  /** Whether there is no "the rest is fine" at this place. */
  noRest: boolean
  retry: (code: string) => void
  /** Adds a photo to an item, in order with the saves. @throws `CommandError` */
  photo: (code: string, photo: PhotoRef) => Promise<void>
  /** Takes a photo off an item, in order with the saves. @throws `CommandError` */
  undoPhoto: (code: string, photo: string) => Promise<void>
  /** Stores what still waits for a pause in typing, and settles when all of it was tried. */
  flush: () => Promise<void>
  /** The person goes: stores what waits, and keeps here what may not arrive any more. */
  leave: Leaving
  reload: () => void
  /** How many items hold something that is not stored. */
  unsaved: ComputedRef<number>
}

/**
 * @param port the place at which it stands.
 * @param drafts where what is not stored yet is kept.
 */
export function useForm<F extends PlaceForm>(port: FormPort<F>, drafts: Drafts): FormModel<F> {
  const restError = ref<CommandError | null>(null)
  const items = useFormItems<F>(drafts)
  const { seen } = items
  const queue = createQueue(
    (key, thrown) => saves.failed(key, thrown),
    () => items.isStale && reading.plan(),
  )
  const saves = useSaves(port, items, queue, drafts)
  const reading = useReload(port, items, queue, drafts.ready)
  reading.reload()

  /** Runs what changes the form, in order with the saves. */
  async function save(code: string, command: (seen: string) => Promise<FormChange>) {
    await queue.barrier(`photo/${code}`, async () => {
      const filled = await command(seen.of(code))
      seen.saved(code, filled.version)
      items.apply(filled)
    })
  }

  const undo = createUndo({
    run: takeBack,
    fallback() {
      const own = items.all().filter(({ view }) => view.can_undo)
      const latest = own.sort((a, b) => (b.view.at ?? 0) - (a.view.at ?? 0))[0]
      return latest && items.form.value ? { code: latest.code } : null
    },
  })

  /** @param typed what stood there before a burst of typing, which was stored in several saves. */
  function takeAnswerBack(item: string, typed: { before: AnswerValue | null } | null): Promise<FormChange> {
    const written = { item, seen: seen.of(item) }
    return typed ? port.answer({ ...written, result: typed.before }) : port.undo(written)
  }

  function takeBack({ code, section, before = null, isTyped }: UndoStep): Promise<void> {
    return queue.barrier(`undo/${code ?? ''}`, async () => {
      const filled = code
        ? await takeAnswerBack(code, isTyped ? { before } : null)
        : await port.undoRest?.({ section: section ?? '', seen: seen.all() })
      if (!filled) return
      if (code) seen.saved(code, filled.version)
      else seen.savedAll(filled.version)
      filled.items.forEach((view) => {
        const state = items.item(view.code)
        if (state) items.clearDraft(state)
      })
      items.apply(filled)
    })
  }

  async function restOf(section: SectionState) {
    const filling = section.items.filter((state) => isRest(state.shown))
    filling.forEach((state) => (state.draft = { ...state.draft, result: 'pass' }))
    restError.value = null
    try {
      await queue.barrier('rest/', async () => {
        const filled = await port.rest?.({ section: section.name, seen: seen.all() })
        if (!filled) return
        seen.savedAll(filled.version)
        undo.note({
          section: section.name,
          sectionEn: section.nameEn,
          codes: filled.items.map(({ code }) => code),
        })
        items.apply(filled)
      })
    } catch (thrown) {
      restError.value = CommandError.from(thrown)
    }
    filling.forEach((state) => items.stored(state, 'result', 'pass'))
  }

  const model: FormModel<F> = {
    form: items.form,
    score: items.score,
    sections: items.sections,
    progress: items.progress,
    item: items.item,
    error: reading.error,
    restError,
    undo,
    nextGap: (after) => nextGap(items.shown(), after),
    answer(code, result, when = 'now') {
      const state = items.item(code)
      if (!state) return
      undo.note({ code, before: state.shown.result, isTyped: when === 'soon' || state.isEditing })
      if (when === 'now') items.holdCounts()
      items.setDraft(state, { result })
      saves.enter(state, 'result', when)
    },
    insist(code, result) {
      saves.sure(code, result)
      model.answer(code, result)
    },
    note(code, note, when = 'now') {
      const state = items.item(code)
      if (!state) return
      items.setDraft(state, { note })
      saves.enter(state, 'note', when)
    },
    type(code, typed) {
      const state = items.item(code)
      if (state) saves.type(state, typed)
    },
    rest(section) {
      const found = items.sections.value.find(({ name }) => name === section)
      if (found) void restOf(found)
    },
    noRest: port.rest === undefined,
    retry: saves.retry,
    photo: (code, photo) => save(code, (seen) => port.photo({ item: code, photo, seen })),
    undoPhoto: (code, photo) => save(code, (seen) => port.undoPhoto({ item: code, photo, seen })),
    async flush() {
      saves.writeAll()
      await queue.idle()
    },
    async leave(left) {
      if (left === 'all') {
        saves.keepAll()
        void drafts.flush(left)
      }
      saves.hurry()
      await queue.idle()
      // What was stored is no draft any more; told only after somebody else stands there, the store refuses it.
      await drafts.flush(left)
    },
    reload: reading.reload,
    unsaved: computed(() => items.unsaved.value.size),
  }
  return model
}
