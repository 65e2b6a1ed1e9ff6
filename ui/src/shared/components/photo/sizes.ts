/** How large a photo is kept, how old it may be, and what is not opened at all. */

/** The long edge of what is kept. */
export const LONG_EDGE = 1_600
/** The long edge of the small version. */
export const THUMB_EDGE = 320
export const QUALITY = 0.82
export const THUMB_QUALITY = 0.7
/** Larger files are not opened: no camera makes them. */
export const MOST_BYTES = 80 * 1024 * 1024
/** More would need more memory than a tablet has. */
export const MOST_PIXELS = 130_000_000
/** Before this no phone took pictures: a clock that was never set. */
export const EARLIEST = Date.UTC(2005, 0, 1)

export interface Size {
  width: number
  height: number
}

/** The size with its long edge at most `edge`; never enlarged, never below one pixel. */
export function fit({ width, height }: Size, edge: number): Size {
  const scale = Math.min(1, edge / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/**
 * The width to which the decoder shrinks; null to leave it alone.
 *
 * It is twice what is kept at most, so that a huge picture never stands in memory as a whole, and stays sharp.
 * Whether the picture will be turned is not known here, so the shorter side decides.
 */
export function decodeWidth(width: number | null, height: number | null): number | null {
  if (width === null || height === null) return null
  const short = Math.min(width, height)
  return Math.max(width, height) > LONG_EDGE * 2 && short > LONG_EDGE ? LONG_EDGE : null
}
