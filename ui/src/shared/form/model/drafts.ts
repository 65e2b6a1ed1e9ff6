/** What was typed into a form and is not in its record yet: kept on this device under its author's name until it is. */
import type { Unfinished } from '@/shared/state/unfinished'
import type { Draft } from '../types'

/** What was typed for one item, and what its author had seen of the record by then. */
export interface KeptDraft extends Draft {
  seen: string
  /** What stands in its fields and is no answer yet, such as the name of a thing that is not counted. */
  typed?: unknown
}

export interface KeptItems {
  items: Record<string, KeptDraft>
}

export interface Drafts {
  /** Settles when it is known what was typed before. */
  ready: Promise<void>
  load: () => ReadonlyMap<string, KeptDraft>
  keep: (code: string, draft: KeptDraft) => void
  forget: (code: string) => void
  /** Keeps at once what waits for a pause in typing; see `leave.ts`. */
  flush: Unfinished<KeptItems>['flush']
}

export const noItems = (): KeptItems => ({ items: {} })

export function draftsOf(unfinished: Unfinished<KeptItems>): Drafts {
  const { values } = unfinished
  return {
    ready: unfinished.ready,
    load: () => new Map(Object.entries(values.items)),
    keep: (code, draft) => (values.items[code] = draft),
    forget(code) {
      if (code in values.items) delete values.items[code]
    },
    flush: unfinished.flush,
  }
}
