/** The strip at the foot of a photo: when, where, who. */
import type { Size } from './sizes'

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

const FONT =
  '"HarmonyOS Sans SC", "PingFang SC", "MiSans", "Noto Sans CJK SC", "Microsoft YaHei UI", system-ui, sans-serif'

/** Breaks a text into lines that are no wider than `width`; between any two characters, as Chinese allows. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const one of text) {
    if (line !== '' && measure(line + one) > width) {
      lines.push(line.trimEnd())
      line = one.trimStart()
    } else line += one
  }
  if (line !== '') lines.push(line)
  return lines
}

/** The share of a picture that the strip may cover; what is taller stands under it. */
const MOST_COVERED = 0.25

/** Where the strip lies, and what stands in it. */
export interface Strip {
  lines: string[]
  size: number
  pad: number
  lineHeight: number
  /** From the top of the picture. */
  top: number
  width: number
  height: number
  /** How much taller the picture becomes, so that little of it is covered. */
  below: number
}

const fontOf = (size: number) => `500 ${size}px ${FONT}`

/**
 * Finds the place of the lines on a picture of this size: over its foot, or, in a panorama that is no taller than they are, under it.
 * @param measure how wide a text is in a font.
 */
export function layStrip(
  { width, height }: Size,
  texts: readonly string[],
  measure: (text: string, font: string) => number,
): Strip {
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  const size = Math.max(14, Math.round(Math.min(long * 0.02, short * 0.05)))
  const pad = Math.round(size * 0.6)
  const lines = texts.flatMap((line) => wrap(line, width - pad * 2, (text) => measure(text, fontOf(size))))
  const lineHeight = Math.round(size * 1.35)
  const tall = lines.length === 0 ? 0 : Math.round(lines.length * lineHeight + pad * 1.2)
  const below = tall > height * MOST_COVERED ? tall : 0
  return { lines, size, pad, lineHeight, top: height + below - tall, width, height: tall, below }
}

/** Draws the strip; the picture under it is drawn already. */
export function drawStrip(context: Context, strip: Strip) {
  const { lines, size, pad, lineHeight, top, width, height, below } = strip
  if (lines.length === 0) return
  context.fillStyle = below > 0 ? 'rgb(14, 19, 18)' : 'rgba(14, 19, 18, 0.66)'
  context.fillRect(0, top, width, height)
  context.font = fontOf(size)
  context.fillStyle = '#ffffff'
  context.textBaseline = 'top'
  lines.forEach((line, at) => context.fillText(line, pad, top + pad * 0.7 + at * lineHeight))
}
