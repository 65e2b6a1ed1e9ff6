/** Handing over: asks once about what alarms, and takes back what was pressed by mistake. */
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { CommandError, useBackend, type Arguments } from '@/backend'
import { useAction } from '@/shared/composables/useAction'
import { questionsOf, type Question } from './handover'

type Give = Omit<Arguments<'handover.give'>, 'sure'>

/** What was written, for as long as it may be taken back. */
export interface Given {
  rows: readonly string[]
  words: string
}

/**
 * @param known the codes that the page itself has put before the person.
 * @param about what the questions are about; when that changes, they are asked anew.
 */
export function useGive(known: () => readonly string[], about: () => unknown) {
  const backend = useBackend()
  const action = useAction(async (args: Give, sure: readonly string[]) => {
    const { rows } = await backend.call('handover.give', { ...args, sure: [...sure] })
    return void (written.value = rows)
  })
  const written = shallowRef<readonly string[]>([])
  const answered = ref<string[]>([])
  watch(about, () => {
    answered.value = []
    action.clear()
  })
  /** What the program asks beyond what the page knew. */
  const asked = computed<readonly Question[]>(() => questionsOf(action.error.value))
  const open = computed(() => {
    const own = known().map((code): Question => ({ code, zh: '', en: '' }))
    return [...own, ...asked.value.filter(({ code }) => !known().includes(code))]
  })
  return {
    open,
    isBusy: action.isBusy,
    /** What went wrong and asks nothing. */
    error: computed(() => (asked.value.length > 0 ? null : action.error.value)),
    /** Records it; with `isSure` although what stands open alarms. Gives the rows, or null where something is asked. */
    async give(args: Give, isSure: boolean): Promise<readonly string[] | null> {
      if (isSure) answered.value = [...answered.value, ...open.value.map(({ code }) => code)]
      return (await action.run(args, answered.value)) ? written.value : null
    },
  }
}

/** A row that was taken back already, as by a try that stopped on the way, is what was wanted. */
function unlessVoid(thrown: unknown): void {
  if (CommandError.from(thrown).code !== 'void') throw thrown
}

/** How long what was recorded can be taken back by one press, in ms. */
const FRESH_MS = 10_000

/** What was recorded last: it stands on the page, and can be taken back for a while. */
export function useGiven(why: () => string): {
  given: Readonly<Ref<Given | null>>
  isFresh: Readonly<Ref<boolean>>
  tell: (given: Given) => void
  takeBack: () => Promise<boolean>
  error: ReturnType<typeof useAction>['error']
} {
  const backend = useBackend()
  const given = shallowRef<Given | null>(null)
  const isFresh = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  const voiding = useAction(async () => {
    for (const id of given.value?.rows ?? [])
      await backend.call('entry.void', { id, reason: why() }).catch(unlessVoid)
    given.value = null
  })
  return {
    given,
    isFresh,
    tell(one) {
      clearTimeout(timer)
      voiding.clear()
      given.value = one
      isFresh.value = true
      timer = setTimeout(() => (isFresh.value = false), FRESH_MS)
    },
    takeBack: () => voiding.run(),
    error: voiding.error,
  }
}
