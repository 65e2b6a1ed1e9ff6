/** Who can be switched to: whom this tablet saw last comes first, and a long list is searched by name or pinyin. */
import { useLocalStorage } from '@vueuse/core'
import { computed, ref, watch } from 'vue'
import type { PersonRow as Person } from '@/backend'
import { keepPhrasesOf } from '@/shared/form/phrases'
import { useFound } from '@/shared/state/found'
import { useQuery } from '@/shared/state/query'

export type { Person }

/** From how many people on a list is searched. */
const LONG = 12
/** How many tiles stand there at once; the rest is found by name. */
const MOST_TILES = 120

/** The people, last used first, then by name. */
export function inOrder(people: readonly Person[], usedAt: Readonly<Record<string, number>>): Person[] {
  const byName = new Intl.Collator('zh-CN')
  return [...people].sort(
    (a, b) => (usedAt[b.id] ?? 0) - (usedAt[a.id] ?? 0) || byName.compare(a.name ?? '', b.name ?? ''),
  )
}

/** Everybody of this campus, as tiles. */
export function usePeople() {
  const usedAt = useLocalStorage<Record<string, number>>('rounds-people-used', {})
  const list = useQuery('person.list', () => ({ limit: 1_000 }), {
    kinds: ['person', 'role_grant', 'pin', 'campus'],
  })
  watch(list.data, (answer) => {
    // Before the first pull nobody is known; a part of the list says nothing of the others.
    if (answer?.people.length && !answer.next) keepPhrasesOf(new Set(answer.people.map(({ id }) => id)))
  })
  const query = ref('')
  const found = useFound(query, ['person'])

  const all = computed(() => inOrder(list.data.value?.people ?? [], usedAt.value))
  const matching = computed(() => {
    const words = query.value.trim()
    if (!words) return all.value
    return all.value.filter(({ id, name }) => name?.includes(words) || found.value.has(id))
  })
  return {
    query,
    error: list.error,
    reload: list.reload,
    isKnown: computed(() => list.data.value !== undefined),
    isLong: computed(() => all.value.length > LONG),
    people: computed(() => matching.value.slice(0, MOST_TILES)),
    hidden: computed(() => Math.max(0, matching.value.length - MOST_TILES)),
    used: (id: string) => (usedAt.value = { ...usedAt.value, [id]: Date.now() }),
  }
}
