/** Where the parts of a curve lie: pure numbers, so that what is drawn can be proved. */

export interface Point {
  id: string
  at: number
  value: number
  /** What stands beside it where it lies outside. */
  label: string
  isOut: boolean
}
export interface Limits {
  min: number | null
  max: number | null
}
export interface Size {
  width: number
  height: number
}

/** Room for the figures at the left, for the days below, and above for a label. */
export const ROOM = { left: 44, right: 16, top: 24, bottom: 28 }

/** Steps that people count in. */
const STEPS = [1, 2, 5, 10, 20, 50, 100]
const DAY_MS = 86_400_000
const HOURS_MS = 6 * 3_600_000

export const isOutside = (value: number, { min, max }: Limits): boolean =>
  (min !== null && value < min) || (max !== null && value > max)

/** Round figures that take in every value and both limits, about `count` of them. */
export function ticksOf(values: readonly number[], count = 5): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const span = Math.max(high - low, 1)
  const step = STEPS.find((one) => span / one <= count) ?? span
  const first = Math.floor(low / step) * step
  const last = Math.ceil(high / step) * step
  return Array.from({ length: Math.round((last - first) / step) + 1 }, (_, at) => first + at * step)
}

/** The moments that are named below: midnights by the school's clock, or every six hours of a short time. */
export function momentsOf(from: number, to: number, midnight: number, most: number): number[] {
  const unit = to - from <= 2 * DAY_MS ? HOURS_MS : DAY_MS
  const every = Math.max(1, Math.ceil((to - from) / unit / Math.max(most, 1)))
  const first = midnight + Math.ceil((from - midnight) / unit) * unit
  const all = []
  for (let at = first; at <= to; at += unit * every) all.push(at)
  return all
}

export function scaleOf(points: readonly Point[], limits: Limits, { width, height }: Size) {
  const ends = [limits.min, limits.max].filter((end) => end !== null)
  const ticks = ticksOf([...points.map(({ value }) => value), ...ends])
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  const [from, to] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 1]
  const inner = { width: width - ROOM.left - ROOM.right, height: height - ROOM.top - ROOM.bottom }
  const x = (at: number) =>
    ROOM.left + (to === from ? inner.width / 2 : ((at - from) / (to - from)) * inner.width)
  const y = (value: number) => ROOM.top + (1 - (value - low) / (high - low || 1)) * inner.height
  /** What lies within the limits; a limit that is not there is the edge. */
  const band = {
    top: y(limits.max ?? high),
    bottom: y(limits.min ?? low),
  }
  return { x, y, ticks, band, from, to, right: width - ROOM.right, bottom: height - ROOM.bottom }
}

/** The line through the points. */
export const lineThrough = (
  points: readonly Point[],
  { x, y }: Pick<ReturnType<typeof scaleOf>, 'x' | 'y'>,
): string => points.map(({ at, value }) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')

/** The points that get a label: those outside, but none so near another one's that both could not be read. */
export function labelled(points: readonly Point[], x: (at: number) => number, apart: number): Point[] {
  const shown: Point[] = []
  for (const point of points.filter(({ isOut }) => isOut)) {
    const last = shown.at(-1)
    if (!last || x(point.at) - x(last.at) >= apart) shown.push(point)
  }
  return shown
}
