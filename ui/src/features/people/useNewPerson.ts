/** Adding a person: the person, the roles and the starting PIN in one command. */
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
 * The id is chosen here: when an answer is lost on its way, the next try is about the same person, and nobody is there twice.
 */
export function useNewPerson() {
  const backend = useBackend()
  const session = useSession()
  let id = crypto.randomUUID()

  async function add(form: NewPerson): Promise<string> {
    const { pin } = await backend.call('person.add', {
      id,
      name: form.name,
      phone: form.phone.trim() || null,
      roles: [...form.roles],
      campus: session.campus.value?.id ?? null,
    })
    forget()
    return pin
  }
  /** The next one is somebody else. */
  function forget() {
    id = crypto.randomUUID()
  }
  return { add, forget }
}
