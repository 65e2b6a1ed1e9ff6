/** Photos as commands give and take them, and those that are on their way. */
import type { PhotoRef, PhotoSource, PhotoView } from '@/backend'

export type { PhotoRef, PhotoSource, PhotoView }

/** A photo that was just taken and is still being kept. */
export interface LocalPhoto {
  key: number
  /** What the screen shows meanwhile; null until it can be shown. */
  url: string | null
  state: 'working' | 'failed'
  /** The code of why it failed. */
  problem: string | null
  source: PhotoSource
}

/** A photo that is kept and stands in no record yet, as the strip shows it. */
export function asView(photo: PhotoRef): PhotoView {
  return {
    ...photo,
    thumb: photo.thumb ?? null,
    by: null,
    at: null,
    state: 'here',
    thumb_here: true,
    can_undo: true,
  }
}
