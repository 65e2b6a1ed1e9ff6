/** The way back: the last answers given on this form, newest last. */
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { CommandError, type AnswerValue } from '@/backend'

/** One step that can be taken back: an item, or a section that "the rest is fine" has filled. */
export interface UndoStep {
  code?: string
  section?: string
  sectionEn?: string | null
  /** The items of the section. */
  codes?: readonly string[]
  /** The result before. */
  before?: AnswerValue | null
  /** Whether it was typed, and so stored in several saves. */
  isTyped?: boolean
}

export interface Undo {
  /** What a tap takes back. */
  next: ComputedRef<UndoStep | null>
  /** The newest step while it is fresh, to be offered in words. */
  fresh: Readonly<Ref<UndoStep | null>>
  error: Readonly<Ref<CommandError | null>>
  note: (step: UndoStep) => void
  /** Takes the last step back; gives it, or null when there was none or it was refused. */
  run: () => Promise<UndoStep | null>
}

/** How long the way back is offered in words. */
export const FRESH_MS = 5_000

/** @param fallback what may be taken back though nothing was noted, as after a restart. */
export function createUndo(work: {
  run: (step: UndoStep) => Promise<void>
  fallback: () => UndoStep | null
}): Undo {
  const steps = shallowRef<readonly UndoStep[]>([])
  const fresh = ref<UndoStep | null>(null)
  const error = ref<CommandError | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function offer(step: UndoStep | null) {
    clearTimeout(timer)
    fresh.value = step
    if (step) timer = setTimeout(() => (fresh.value = null), FRESH_MS)
  }

  const next = computed(() => steps.value.at(-1) ?? work.fallback())
  return {
    next,
    fresh,
    error,
    note(step) {
      const last = steps.value.at(-1)
      error.value = null
      offer(step)
      // One burst of typing is one step.
      if (step.isTyped && last?.isTyped && last.code === step.code) return
      steps.value = [...steps.value.slice(-49), step]
    },
    async run() {
      const step = next.value
      if (!step) return null
      offer(null)
      steps.value = steps.value.slice(0, -1)
      try {
        await work.run(step)
        error.value = null
        return step
      } catch (thrown) {
        error.value = CommandError.from(thrown)
        return null
      }
    },
  }
}
