/** The registers that the person who works has to do with. */
import { computed } from 'vue'
import { useQuery } from '@/shared/state/query'
import type { Kind } from './types'

/** What a register itself rests on, beside its rows. */
const RULES = ['campus', 'setting', 'person', 'role_grant', 'area']

/** All of them, the most used first, with how many rows of each wait. */
export const useKinds = () => ask(undefined)

function ask(rests: readonly string[] | undefined) {
  const asked = useQuery('entry.kinds', () => ({}), rests ? { kinds: rests } : {})
  return {
    kinds: computed<readonly Kind[]>(() => asked.data.value?.kinds ?? []),
    isKnown: computed(() => asked.data.value !== undefined),
    error: asked.error,
    reload: asked.reload,
  }
}

/** The one with this name; undefined while it is not known, and for one that the person has nothing to do with. */
export function useKind(name: () => string | undefined) {
  const { kinds, ...rest } = ask(RULES)
  return { kinds, kind: computed(() => kinds.value.find(({ kind }) => kind === name())), ...rest }
}
