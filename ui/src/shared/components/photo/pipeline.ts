/** Photos before they are kept: checked, read for their time, shrunk, stamped. */
import type { PhotoSource } from '@/backend'
import { PhotoProblem, type PhotoProblemCode } from './problem'
import type { Rendered } from './render'
import { MOST_BYTES } from './sizes'

export interface Prepared extends Rendered {
  takenAt: number
}

/** Before this no phone took pictures: a clock that was never set. */
const EARLIEST = Date.UTC(2005, 0, 1)

/** How far the clocks of a time zone are ahead of UTC at a moment, in ms. */
function ahead(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? []
  return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0
}

/**
 * The time in an EXIF text such as `2026:11:23 10:42:05`.
 * @param offset such as `+08:00`, where the camera says it.
 * @param timeZone where it was taken, for cameras that do not.
 */
export function exifTime(
  text: unknown,
  offset: unknown,
  now: number,
  timeZone = 'Asia/Shanghai',
): number | null {
  const match =
    typeof text === 'string' ? /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(text) : null
  if (!match) return null
  const [, year, month, day, hour, minute, second] = match
  const hasOffset = typeof offset === 'string' && /^[+-]\d{2}:\d{2}$/.test(offset)
  const read = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${hasOffset ? offset : 'Z'}`)
  if (!Number.isFinite(read)) return null
  const at = hasOffset ? read : read - ahead(read, timeZone)
  return at >= EARLIEST && at <= now + 86_400_000 ? at : null
}

/** When a file from the gallery was taken: as its camera says, else when it was last written, else now. */
async function takenAt(file: Blob, now: number, timeZone?: string): Promise<number> {
  try {
    const { default: exifr } = await import('exifr')
    const tags = await exifr.parse(file, {
      pick: ['DateTimeOriginal', 'CreateDate', 'OffsetTimeOriginal', 'OffsetTime'],
      reviveValues: false,
    })
    const zone = tags?.OffsetTimeOriginal ?? tags?.OffsetTime
    const at = exifTime(tags?.DateTimeOriginal ?? tags?.CreateDate, zone, now, timeZone)
    if (at !== null) return at
  } catch {
    // A file without readable tags still has a date of its own.
  }
  const written = file instanceof File ? file.lastModified : 0
  return written >= EARLIEST && written <= now ? written : now
}

let worker: Worker | null | undefined
let number = 0
const waiting = new Map<number, { resolve: (done: Rendered) => void; reject: (error: Error) => void }>()

/** The worker; null where there can be none. */
function helper(): Worker | null {
  if (worker !== undefined) return worker
  if (typeof Worker === 'undefined' || typeof OffscreenCanvas === 'undefined') return (worker = null)
  try {
    const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    made.addEventListener('message', ({ data }) => {
      const job = waiting.get(data.number)
      waiting.delete(data.number)
      if (data.problem) job?.reject(new PhotoProblem(data.problem as PhotoProblemCode))
      else job?.resolve(data)
    })
    made.addEventListener('error', () => {
      worker = null
      waiting.forEach(({ reject }) => reject(new Error('no worker')))
      waiting.clear()
    })
    worker = made
  } catch {
    worker = null
  }
  return worker
}

async function renderAnywhere(file: Blob, lines: readonly string[]): Promise<Rendered> {
  const beside = helper()
  if (beside) {
    try {
      return await new Promise<Rendered>((resolve, reject) => {
        number += 1
        waiting.set(number, { resolve, reject })
        beside.postMessage({ number, file, lines: [...lines] })
      })
    } catch (error) {
      if (error instanceof PhotoProblem) throw error
    }
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
