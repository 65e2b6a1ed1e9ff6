/** The strip at the foot of a photo: when, where, who. */

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

/** Draws the lines over the foot of a picture of this size. */
export function drawWatermark(context: Context, width: number, height: number, lines: readonly string[]) {
  if (lines.length === 0) return
  const size = Math.max(14, Math.round(Math.max(width, height) * 0.02))
  const pad = Math.round(size * 0.6)
  context.font = `500 ${size}px ${FONT}`
  const broken = lines.flatMap((line) =>
    wrap(line, width - pad * 2, (text) => context.measureText(text).width),
  )
  const lineHeight = Math.round(size * 1.35)
  const strip = broken.length * lineHeight + pad * 1.2
  context.fillStyle = 'rgba(14, 19, 18, 0.66)'
  context.fillRect(0, height - strip, width, strip)
  context.fillStyle = '#ffffff'
  context.textBaseline = 'top'
  broken.forEach((line, at) => context.fillText(line, pad, height - strip + pad * 0.7 + at * lineHeight))
}
