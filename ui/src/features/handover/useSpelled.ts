/** Whose name is spelled by what is typed at the door: by pinyin or initials, which the program knows and no screen does. */
import type { Ref, ShallowRef } from 'vue'
import { useBackend } from '@/backend'
import { useAnswered } from '@/shared/state/found'

/** Children, and lines of their lists, by id. */
interface Spelled {
  children: ReadonlySet<string>
  lines: ReadonlySet<string>
}

export function useSpelled(typed: Readonly<Ref<string>>): Readonly<ShallowRef<Spelled>> {
  const backend = useBackend()
  return useAnswered<Spelled>(typed, { children: new Set(), lines: new Set() }, async (query) => {
    const { children, lines } = await backend.call('handover.find', { typed: query })
    return { children: new Set(children), lines: new Set(lines) }
  })
}
