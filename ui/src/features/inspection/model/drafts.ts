/** What could not be stored, kept on this device until it can: nobody types twice. */
import type { Draft } from '../types'

export interface Drafts {
  load: () => ReadonlyMap<string, Draft>
  keep: (code: string, draft: Draft) => void
  forget: (code: string) => void
}

type Kept = Record<string, Draft>

/** @param owner the form, and the person who typed; nobody finds another one's words. */
export function createDrafts(
  owner: string,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): Drafts {
  const key = `rounds-draft/${owner}`

  function read(): Kept {
    try {
      const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}')
      return kept !== null && typeof kept === 'object' ? (kept as Kept) : {}
    } catch {
      return {}
    }
  }
  function write(kept: Kept) {
    try {
      if (Object.keys(kept).length === 0) storage.removeItem(key)
      else storage.setItem(key, JSON.stringify(kept))
    } catch {
      // A full storage still leaves the words on the screen.
    }
  }
  return {
    load: () => new Map(Object.entries(read())),
    keep: (code, draft) => write({ ...read(), [code]: draft }),
    forget(code) {
      const { [code]: gone, ...rest } = read()
      if (gone !== undefined) write(rest)
    },
  }
}
