/** Hand-drawn lines, independent of the size of the field they were drawn in. */

import type { Strokes } from '@/backend'

/** The field of the points `[x, y]` is so wide and so high. */
const UNIT = 1_000
/** More points than this per line say nothing more about a hand. */
const MOST_POINTS = 200

const clamp = (value: number) => Math.min(UNIT, Math.max(0, Math.round(value)))

/** What a pad of `width` x `height` holds, as it is stored. */
export function toStrokes(
  groups: readonly { points: readonly { x: number; y: number }[] }[],
  width: number,
  height: number,
): Strokes {
  return groups
    .map(({ points }) => {
      const step = Math.max(1, Math.ceil(points.length / MOST_POINTS))
      const kept = points.filter((_, at) => at % step === 0 || at === points.length - 1)
      return kept.map(({ x, y }): [number, number] => [clamp((x / width) * UNIT), clamp((y / height) * UNIT)])
    })
    .filter((line) => line.length > 0)
}

/** The same lines for a pad of another size. */
export function fromStrokes(strokes: Strokes, width: number, height: number) {
  return strokes.map((line) => line.map(([x, y]) => ({ x: (x / UNIT) * width, y: (y / UNIT) * height })))
}
