/** When a photo was taken: as its camera says. Reads what anybody may have written, so it runs in the worker alone. */
import exifr from 'exifr'
import type { PictureKind } from './header'
import { EARLIEST } from './sizes'

/** The kinds in which cameras write when they took a picture. */
const TOLD_BY: readonly PictureKind[] = ['jpeg', 'png', 'heic', 'avif']

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

/** The time that the camera wrote into a file of this kind; null where it wrote none. */
export async function cameraTime(
  file: Blob,
  kind: PictureKind,
  now: number,
  timeZone?: string,
): Promise<number | null> {
  if (!TOLD_BY.includes(kind)) return null
  try {
    const tags = await exifr.parse(file, {
      pick: ['DateTimeOriginal', 'CreateDate', 'OffsetTimeOriginal', 'OffsetTime'],
      reviveValues: false,
    })
    const zone = tags?.OffsetTimeOriginal ?? tags?.OffsetTime
    return exifTime(tags?.DateTimeOriginal ?? tags?.CreateDate, zone, now, timeZone)
  } catch {
    // A file without readable tags still has a date of its own.
    return null
  }
}
