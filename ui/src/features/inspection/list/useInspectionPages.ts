/** Inspections, newest first, page by page; the pages that were read stay true. */
import {
  computed,
  onScopeDispose,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type Ref,
  type ShallowRef,
} from 'vue'
import { CommandError, useBackend, type Stage } from '@/backend'
import type { Head } from '../types'

export interface Filter {
  day: string
  template: string
  stage: Stage | ''
}

export interface Pages {
  rows: Readonly<ShallowRef<readonly Head[]>>
  error: Readonly<Ref<CommandError | null>>
  isAtEnd: ComputedRef<boolean>
  isReading: Readonly<Ref<boolean>>
  more: () => Promise<void>
  reload: () => Promise<void>
}

const PAGE = 200
const GATHER_MS = 400

/** @param filter an empty part lets everything through. */
export function useInspectionPages(filter: () => Filter): Pages {
  const backend = useBackend()
  const rows = shallowRef<readonly Head[]>([])
  const error = ref<CommandError | null>(null)
  const isReading = ref(false)
  const next = ref<string | null>(null)
  const hasRead = ref(false)
  let turn = 0

  function ask(after: string | null, limit: number) {
    const { day, template, stage } = filter()
    return backend.call('inspection.list', {
      limit,
      ...(after ? { after } : {}),
      ...(day ? { day } : {}),
      ...(template ? { template } : {}),
      ...(stage ? { stage } : {}),
    })
  }

  async function read(after: string | null, limit: number) {
    const mine = ++turn
    isReading.value = true
    try {
      const page = await ask(after, limit)
      if (mine !== turn) return
      const given = page.inspections
      rows.value = after === null ? given : [...rows.value, ...given]
      next.value = page.next
      error.value = null
      hasRead.value = true
    } catch (thrown) {
      if (mine === turn) error.value = CommandError.from(thrown)
    } finally {
      if (mine === turn) isReading.value = false
    }
  }

  const more = async () => {
    if (!isReading.value && next.value !== null) await read(next.value, PAGE)
  }
  /** As many as are shown, up to what one call gives. */
  const reload = () => read(null, Math.min(1_000, Math.max(PAGE, rows.value.length)))

  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = backend.onChange((news) => {
    if (news.type !== 'changed' || (news.kinds.length > 0 && !news.kinds.includes('inspection'))) return
    clearTimeout(timer)
    timer = setTimeout(() => void reload(), GATHER_MS)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
    turn += 1
  })
  watch(
    () => JSON.stringify(filter()),
    () => read(null, PAGE),
    { immediate: true },
  )
  return {
    rows,
    error,
    isReading,
    more,
    reload,
    isAtEnd: computed(() => hasRead.value && next.value === null),
  }
}
