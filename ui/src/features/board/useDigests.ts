/** The lines of many forms: each is asked once, and again when it changes. */
import { onScopeDispose, shallowReactive, watch } from 'vue'
import { useBackend, type InspectionRow } from '@/backend'
import { digest, type Digest } from './board'

/** How many are asked at a time, so that a long list leaves room for what is pressed. */
const AT_ONCE = 3

/** Keeps the digest of every row that `rows` gives. */
export function useDigests(rows: () => readonly InspectionRow[]): ReadonlyMap<string, Digest> {
  const backend = useBackend()
  const known = shallowReactive(new Map<string, Digest>())
  const stale = new Set<string>()
  const waiting = new Set<string>()
  let running = 0

  function next() {
    while (running < AT_ONCE && waiting.size > 0) {
      const id = [...waiting][0] as string
      waiting.delete(id)
      running += 1
      void ask(id)
    }
  }
  async function ask(id: string) {
    stale.delete(id)
    try {
      known.set(id, digest(await backend.call('inspection.get', { id })))
    } catch {
      // The row stands without its line; opening it tells why.
    } finally {
      running -= 1
      next()
    }
  }
  function gather() {
    for (const { id } of rows()) if (!known.has(id) || stale.has(id)) waiting.add(id)
    next()
  }

  const stop = backend.onChange((news) => {
    if (news.type !== 'changed') return
    const isMine = news.kinds.length === 0 || news.kinds.includes('inspection')
    if (!isMine) return
    for (const id of news.ids.length > 0 ? news.ids : known.keys()) stale.add(id)
    gather()
  })
  onScopeDispose(() => {
    stop()
    waiting.clear()
  })
  watch(
    () =>
      rows()
        .map(({ id }) => id)
        .join(),
    gather,
    { immediate: true },
  )
  return known
}
