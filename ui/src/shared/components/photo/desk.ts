/** Photos on their way from the camera into a record: shown at once, kept behind the screen. */
import { onScopeDispose, shallowReactive } from 'vue'
import { CommandError, useBackend, type Backend } from '@/backend'
import { prepare } from './pipeline'
import { useLeaving } from '@/shared/state/leave'
import { PhotoProblem } from './problem'
import type { LocalPhoto, PhotoRef, PhotoSource, PhotoView } from './types'

export interface PhotoDesk {
  /** The photos of one place that are not in its record yet. */
  of: (place: string) => readonly LocalPhoto[]
  add: (place: string, file: Blob, source: PhotoSource) => Promise<void>
  /** Tries again to keep one that failed. */
  retry: (place: string, key: number) => void
  drop: (place: string, key: number) => void
  /** Where an image element finds a photo; what was just taken is still in memory. */
  url: (photo: PhotoView, size: 'full' | 'thumb') => string
}

export interface DeskOptions {
  backend: Pick<Backend, 'putBlob' | 'blobUrl'>
  /** Puts the reference into the record of `place`. */
  keep: (place: string, photo: PhotoRef) => Promise<void>
  /** The lines burnt into a photo: when, where, who. */
  stamp: (place: string, takenAt: number, source: PhotoSource) => readonly string[]
  /** Where imported photos were taken, for cameras that do not say it. */
  timeZone?: () => string
}

let nextKey = 1

/** The code of what went wrong, for `photo.problem.<code>`, or that of a command. */
function codeOf(error: unknown): string {
  if (error instanceof PhotoProblem) return error.code
  return CommandError.from(error).code.replaceAll('-', '_')
}

/** Keeps photos for the places of one screen; inside a component's setup. */
export function usePhotoDesk({ backend, keep, stamp, timeZone }: DeskOptions): PhotoDesk {
  const places = shallowReactive(new Map<string, readonly LocalPhoto[]>())
  const files = new Map<number, Blob>()
  /** What was taken here, by digest: it shows without being read back. */
  const urls = shallowReactive(new Map<string, string>())
  const made = new Set<string>()
  const working = new Set<Promise<void>>()
  // A picture is of whoever took it: it gets into its form before somebody else stands there.
  useLeaving((left) => (left === 'page' ? Promise.allSettled(working) : undefined))

  const of = (place: string) => places.get(place) ?? []
  const change = (place: string, key: number, part: Partial<LocalPhoto>) =>
    places.set(
      place,
      of(place).map((photo) => (photo.key === key ? { ...photo, ...part } : photo)),
    )
  function remember(blob: Blob) {
    const url = URL.createObjectURL(blob)
    made.add(url)
    return url
  }

  function work(place: string, key: number, source: PhotoSource) {
    const work = bring(place, key, source).finally(() => working.delete(work))
    working.add(work)
    return work
  }

  async function bring(place: string, key: number, source: PhotoSource) {
    const file = files.get(key)
    if (!file) return
    change(place, key, { state: 'working', problem: null })
    try {
      const { full, thumb, takenAt } = await prepare(
        file,
        source,
        (at) => stamp(place, at, source),
        timeZone?.(),
      )
      change(place, key, { url: remember(thumb) })
      const small = await backend.putBlob(thumb)
      const stored = await backend.putBlob(full)
      urls.set(stored.blob, remember(full))
      urls.set(small.blob, remember(thumb))
      await keep(place, {
        blob: stored.blob,
        thumb: small.blob,
        mime: 'image/jpeg',
        size: stored.size,
        taken_at: takenAt,
        source,
      })
      drop(place, key)
    } catch (error) {
      change(place, key, { state: 'failed', problem: codeOf(error) })
    }
  }

  function drop(place: string, key: number) {
    files.delete(key)
    places.set(
      place,
      of(place).filter((photo) => photo.key !== key),
    )
  }

  onScopeDispose(() => made.forEach((url) => URL.revokeObjectURL(url)))
  return {
    of,
    drop,
    async add(place, file, source) {
      const key = nextKey++
      files.set(key, file)
      // A camera's picture can be shown as it is; a file may be anything, or huge.
      const url = source === 'camera' ? remember(file) : null
      places.set(place, [...of(place), { key, url, state: 'working', problem: null, source }])
      await work(place, key, source)
    },
    retry(place, key) {
      const photo = of(place).find((one) => one.key === key)
      if (photo) void work(place, key, photo.source)
    },
    url(photo, size) {
      const digest = size === 'thumb' ? (photo.thumb ?? photo.blob) : photo.blob
      return urls.get(digest) ?? backend.blobUrl(digest)
    },
  }
}

/** A desk on which nothing is added; it only knows where photos are. */
export const usePhotoShelf = () =>
  usePhotoDesk({ backend: useBackend(), keep: async () => {}, stamp: () => [] })
