/** Who may sign: the people of the form first, then those of the campus. */
import { computed, type ComputedRef } from 'vue'
import { useQuery } from '@/shared/state/query'
import type { Person } from '@/shared/form/types'
import type { Form } from '../types'

export function useStaff(form: () => Form): ComputedRef<readonly Person[]> {
  const hasSignatures = computed(() =>
    form().sections.some(({ items }) => items.some(({ type }) => type === 'signature')),
  )
  // Only forms that are signed ask who is there.
  const staff = useQuery('person.list', () => (hasSignatures.value ? {} : null), {
    kinds: ['person', 'role_grant'],
  })
  return computed(() => {
    const first: Person[] = form().people
    const rest = (staff.data.value?.people ?? []).filter(({ id }) =>
      first.every((person) => person.id !== id),
    )
    return [...first, ...rest]
  })
}
