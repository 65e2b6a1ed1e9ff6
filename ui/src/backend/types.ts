/** What every door offers: calls, news, and photos; see `docs/ARCHITECTURE.md`, Doors. */
import type { Commands, SyncStatus } from './bindings'

export type CommandName = keyof Commands
export type Arguments<N extends CommandName> = Commands[N]['arguments']
export type Answer<N extends CommandName> = Commands[N]['answer']

/** Something in the store is new: which kinds and records; empty lists mean that anything may be. */
export interface Changed {
  type: 'changed'
  kinds: readonly string[]
  ids: readonly string[]
}

/** The exchange with the server went on. */
export interface Synced {
  type: 'sync'
  status: SyncStatus
}

/** The door lets nobody in any more: the session ended. */
export interface SignedOut {
  type: 'signed-out'
}

export type News = Changed | Synced | SignedOut

/** A photo that was put: its digest names it from now on. */
export interface StoredBlob {
  /** SHA-256, 64 hex digits. */
  blob: string
  mime: string
  /** In bytes. */
  size: number
}

/** A paper as a file that the page gives to the person. */
export interface SheetFile {
  /** What it is, of which days, who took it out and when. */
  name: string
  bytes: Blob
}

/** A paper as a file that the program has written into the person's own folder. */
export interface SavedSheet {
  name: string
  /** Where it lies. */
  path: string
}

/** A paper as a file that takes longer: `sheet.exports` tells how far it is. */
export interface SheetUnderWay {
  export: string
}

/** A door to the commands; the window and the browser have one each. */
export interface Backend {
  /**
   * Runs a command.
   * @param as the person whom the screen shows as working. What is saved in somebody's name is refused with `other-person` while
   *   somebody else works here, as after a switch in another window.
   * @throws {CommandError} with the code that tells why it was refused; nothing has changed then.
   */
  call<N extends CommandName>(name: N, args: Arguments<N>, as?: string | null): Promise<Answer<N>>
  /** Hears what is new until the returned function is called. */
  onChange(listener: (news: News) => void): () => void
  /**
   * Keeps the bytes of a photo on this device.
   * @throws {CommandError} `not-a-photo`, `too-large`, `disk-full`
   */
  putBlob(bytes: Blob): Promise<StoredBlob>
  /** Where an image element finds the bytes. */
  blobUrl(sha256: string): string
  /**
   * A paper as a file; nothing of it is kept behind the door once it was given.
   * @throws {CommandError} also `too-many-exports`
   */
  sheetFile(
    args: Arguments<'sheet.get'> & { as: 'xlsx' | 'csv'; full?: boolean; purpose?: string },
  ): Promise<SheetFile | SavedSheet | SheetUnderWay>
  /**
   * A file that took longer and is whole, once.
   * @throws {CommandError} `not-found` when it is gone
   */
  takeSheet(name: string): Promise<SheetFile | SavedSheet>
  /** Whether a page can give the person a file by itself, as in a browser; a window writes its papers into a folder instead. */
  readonly givesFiles?: boolean
  /**
   * What a file of rows would do to a register; nothing is changed, and the file is kept nowhere. A window has none.
   * @throws {CommandError} `bad-file` with the cell and words in its details.
   */
  importFile?(kind: string, bytes: Blob, as?: string | null): Promise<Answer<'entry.import'>>
}
