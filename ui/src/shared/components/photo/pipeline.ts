/** Photos before they are kept: checked, read for their time, shrunk, stamped. */
import type { PhotoSource } from '@/backend'
import { createHelper, NoWorker } from './helper'
import { PhotoProblem } from './problem'
import type { Rendered } from './render'
import { EARLIEST, MOST_BYTES } from './sizes'

export interface Prepared extends Rendered {
  takenAt: number
}

/** How long a file may take to tell when it was taken; after that it counts by its own date. */
const TIME_MS = 5_000
/** How long a picture may take to be drawn, on a tablet that has other work. */
const RENDER_MS = 60_000

const helper = createHelper(() => {
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') throw new NoWorker()
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
})

/** When a file from the gallery was taken: as its camera says, else when it was last written, else now. */
async function takenAt(file: Blob, now: number, timeZone?: string): Promise<number> {
  try {
    const at = await helper.run({ task: 'time', file, now, ...(timeZone ? { timeZone } : {}) }, TIME_MS)
    if (at !== null) return at
  } catch (error) {
    // What is no picture is told now; what tells no time in time still has a date of its own.
    if (error instanceof PhotoProblem && error.code !== 'too_slow') throw error
  }
  const written = file instanceof File ? file.lastModified : 0
  return written >= EARLIEST && written <= now ? written : now
}

async function renderAnywhere(file: Blob, lines: readonly string[]): Promise<Rendered> {
  try {
    return await helper.run({ task: 'render', file, lines: [...lines] }, RENDER_MS)
  } catch (error) {
    if (!(error instanceof NoWorker)) throw error
  }
  const { render } = await import('./render')
  return render(file, lines)
}

/**
 * Makes a photo ready to be kept.
 * @param timeZone where imported photos were taken, for cameras that do not say it.
 * @param stamp gives the lines of the watermark for the time at which it was taken.
 * @throws {PhotoProblem} with the code that tells what is wrong with the file.
 */
export async function prepare(
  file: Blob,
  source: PhotoSource,
  stamp: (takenAt: number) => readonly string[],
  timeZone?: string,
  now: number = Date.now(),
): Promise<Prepared> {
  if (file.size === 0) throw new PhotoProblem('broken')
  if (file.size > MOST_BYTES) throw new PhotoProblem('too_large')
  const at = source === 'camera' ? now : await takenAt(file, now, timeZone)
  return { ...(await renderAnywhere(file, stamp(at))), takenAt: at }
}
