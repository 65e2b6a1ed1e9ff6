/**
 * What the person at this form has seen, given back with each save.
 *
 * It grows by the form's own saves, and when the form is shown anew.
 * An item that is being entered while somebody else's answer to it arrives keeps what its author had seen, so that neither
 * answer swallows the other.
 */
export interface Seen {
  /** For a save of one item. */
  of: (code: string) => string
  /** For a save of several. */
  all: () => string
  /** Takes on what a save of one item answered. */
  saved: (code: string, version: string) => void
  savedAll: (version: string) => void
  /** An item is entered by somebody who had seen no more than `version`. */
  since: (code: string, version: string) => void
  /** Whether an item is entered with another view than the form's. */
  isApart: (code: string) => boolean
  /** The form was shown as of `version`, but for the items that were held back. */
  shown: (version: string, held: readonly string[]) => void
}

export function createSeen(): Seen {
  let base = ''
  let apart = new Map<string, string>()
  return {
    of: (code) => apart.get(code) ?? base,
    all: () => base,
    saved(code, version) {
      if (apart.has(code)) apart.set(code, version)
      else base = version
    },
    savedAll(version) {
      base = version
    },
    since: (code, version) => void apart.set(code, version),
    isApart: (code) => apart.has(code),
    shown(version, held) {
      const before = base
      apart = new Map(held.map((code) => [code, apart.get(code) ?? before]))
      base = version
    },
  }
}
