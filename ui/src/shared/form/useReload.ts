/** When a form is read anew: at the start, when something arrived from elsewhere, and after one's own saves. */
import { onScopeDispose, ref, type Ref } from 'vue'
import { CommandError } from '@/backend'
import type { Queue } from './model/queue'
import type { FormPort, PlaceForm } from './port'
import type { FormItems } from './useFormItems'

export interface Reload {
  error: Readonly<Ref<CommandError | null>>
  reload: () => void
  /** Reads it once changes have been gathered for a moment. */
  plan: () => void
}

/** How long changes are gathered before the form is read anew. */
const GATHER_MS = 250

/**
 * @param ready settles when it is known what was typed before, so that it stands there with the first answer.
 */
export function useReload<F extends PlaceForm>(
  port: FormPort<F>,
  items: FormItems<F>,
  queue: Queue,
  ready: Promise<void>,
): Reload {
  const error = ref<CommandError | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReading = false

  function plan() {
    clearTimeout(timer)
    timer = setTimeout(() => reload(), GATHER_MS)
  }
  function reload() {
    if (isReading) return
    isReading = true
    // In order with the saves, so that what was seen never goes back behind one's own.
    queue.add('reload/', async () => {
      isReading = false
      items.isStale = false
      clearTimeout(timer)
      try {
        const [fresh] = await Promise.all([port.read(), ready])
        items.take(fresh)
        error.value = null
      } catch (thrown) {
        error.value = CommandError.from(thrown)
      }
    })
  }

  const stop = port.watch(plan)
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
  return { error, reload, plan }
}
