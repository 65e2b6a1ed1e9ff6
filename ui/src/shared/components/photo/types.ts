/** Photos as commands give and take them. */

/** A photo that is kept already. */
export interface PhotoRef {
  /** SHA-256 of the bytes. */
  blob: string
  /** The same of a small version. */
  thumb?: string
  mime: string
  /** In bytes. */
  size: number
  /** ms since 1970 UTC. */
  taken_at: number
  source: 'camera' | 'import'
}

/** A photo as a record shows it. */
export interface PhotoView {
  blob: string
  thumb?: string | null
  mime: string
  size: number
  taken_at?: number | null
  source?: 'camera' | 'import' | null
  by?: { id: string; name?: string | null } | null
  at?: number | null
  /** Where the bytes are: only here, on the server too, or not here yet. */
  state: 'here' | 'sent' | 'awaited'
  /** Whether the small version, or the photo itself where there is none, can be shown now. */
  thumb_here: boolean
  can_undo?: boolean
}

/** A photo that was just taken and is still being kept. */
export interface LocalPhoto {
  key: number
  /** What the screen shows meanwhile; null until it can be shown. */
  url: string | null
  state: 'working' | 'failed'
  /** The code of why it failed. */
  problem: string | null
  source: 'camera' | 'import'
}
