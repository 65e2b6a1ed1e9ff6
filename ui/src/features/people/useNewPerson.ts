/** Adding a person: the person, the roles, the starting PIN. */
import { useBackend, type Role } from '@/backend'
import { useSession } from '@/shared/state/session'

export interface NewPerson {
  name: string
  phone: string
  roles: readonly Role[]
}

/**
 * Gives a function that adds a person and answers the starting PIN.
 *
 * The three kinds of records are saved one after the other. When one is refused, the next try goes on behind those that are kept,
 * so nobody is there twice.
 */
export function useNewPerson() {
  const backend = useBackend()
  const session = useSession()
  let id: string | null = null
  const granted = new Set<Role>()

  async function add(form: NewPerson): Promise<string> {
    const campus = session.campus.value?.id ?? null
    const fields = { name: form.name.trim(), phone: form.phone.trim() || null }
    const kept = await backend.call('person.save', id ? { id, ...fields } : { ...fields, scope: campus })
    id = kept.id
    for (const role of form.roles) {
      if (granted.has(role)) continue
      await backend.call('person.grant', { person: id, role, campus })
      granted.add(role)
    }
    const { pin } = await backend.call('pin.reset', { person: id })
    forget()
    return pin
  }
  function forget() {
    id = null
    granted.clear()
  }
  return { add, forget }
}
