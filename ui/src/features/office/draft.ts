/** The office's own commands, by the shapes that its door will declare; goes when the bindings have them. */

export {}

interface NewPassword {
  name: string
  password: string
}

declare module '@/backend/bindings' {
  interface Commands {
    'door.sign_in': {
      arguments: { name: string; password: string; organisation?: string | null }
      answer: Door
    }
    'door.sign_out': { arguments: object; answer: Door }
    'door.begin': {
      arguments: { campus_name?: string; campus_kind?: string; person_name?: string; password: string }
      answer: Door
    }
    'account.list': {
      arguments: object
      answer: {
        accounts: { name: string; roles: Role[]; person: PersonRef | null; must_begin: boolean }[]
      }
    }
    'account.add': {
      arguments: { name: string; roles: Role[]; person?: string | null }
      answer: NewPassword
    }
    'account.reset': { arguments: { name: string }; answer: NewPassword }
    'account.password': { arguments: { old: string; new: string }; answer: object }
    'office.enrol_code': {
      arguments: { expires_h?: number | null }
      answer: { code: string; expires_at: number; server: string; link: string; qr: string }
    }
    'office.devices': {
      arguments: object
      answer: {
        devices: { id: string; name: string; role: string; revoked: boolean; last_seen_at?: number | null }[]
      }
    }
    'office.revoke': { arguments: { device: string }; answer: object }
    'office.history': {
      arguments: { id: string; after?: number | null; limit?: number | null }
      answer: {
        entries: {
          seq: number
          at: number
          received_at: number
          device: string | null
          device_name: string | null
          by: PersonRef | null
          fields: {
            field: string
            label: string
            old: unknown[]
            new: unknown[]
            old_text: string
            new_text: string
            by: PersonRef | null
            at: number | null
          }[]
        }[]
        next: number | null
      }
    }
  }
}
