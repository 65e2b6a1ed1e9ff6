/** A round as its walker sees it: how each point stands, what comes next, what is left at the end. */
import type { Pause, Run, RunPoint, Visit, VisitResult } from './contract'

/** How a point stands on the thread. `there`: somebody stands at it. `mate`: a colleague who walks along was there. */
export type PointMark = 'normal' | 'abnormal' | 'there' | 'mate' | 'missed' | 'next'

/** What was tapped and is not stored yet, by point. */
export type Overlay = ReadonlyMap<string, VisitResult>

/** The last visit to a point, which says how it is; null where there is none. */
export const lastVisit = (point: RunPoint): Visit | null =>
  point.visits.reduce<Visit | null>((last, visit) => (last && last.n > visit.n ? last : visit), null)

/** How the point was found: as it was tapped, else worst of all visits, since what was wrong once stays on the round. */
export function resultOf(point: RunPoint, overlay: Overlay): VisitResult | null {
  const tapped = overlay.get(point.id)
  const all = [...point.visits.map(({ result }) => result), ...(tapped ? [tapped] : [])]
  if (all.length === 0) return null
  return all.includes('abnormal') ? 'abnormal' : 'normal'
}

/** Whether somebody stands there: came after the last visit, and has said nothing yet. */
export const isThere = (point: RunPoint, overlay: Overlay): boolean =>
  point.arrival !== null && !overlay.has(point.id)

export function markOf(point: RunPoint, overlay: Overlay): PointMark {
  if (isThere(point, overlay)) return 'there'
  const result = resultOf(point, overlay)
  if (result) return result
  if (point.elsewhere) return 'mate'
  return point.missed ? 'missed' : 'next'
}

/** The pause in which the round is now. */
export const pausedOf = (run: Run | null): Pause | null => {
  const last = run?.pauses.at(-1)
  return run?.stage === 'open' && last && last.until === null ? last : null
}

/** Whether nothing has happened on it yet. */
export const isFresh = ({ points }: Pick<Run, 'points'>): boolean =>
  points.every(({ visits, arrival }) => visits.length === 0 && arrival === null)

const isOpen = (point: RunPoint, overlay: Overlay) =>
  resultOf(point, overlay) === null && point.elsewhere === null

/** The next point that nobody has visited, behind `after` in walking order, going round at the end; null when none is left. */
export function nextOf(points: readonly RunPoint[], overlay: Overlay, after: string | null): RunPoint | null {
  const start = points.findIndex(({ id }) => id === after) + 1
  const order = [...points.slice(start), ...points.slice(0, start)]
  return order.find((point) => isOpen(point, overlay)) ?? null
}

/** The points that nobody of this walk has visited: each gets a reason at the end. */
export const leftOf = (points: readonly RunPoint[], overlay: Overlay): RunPoint[] =>
  points.filter((point) => isOpen(point, overlay))

/** How many points were found, and how many of those with something wrong. */
export function tally(points: readonly RunPoint[], overlay: Overlay) {
  const results = points.map((point) => resultOf(point, overlay)).filter((result) => result !== null)
  return { visited: results.length, abnormal: results.filter((result) => result === 'abnormal').length }
}

/** What to look at, one thing a line. */
export const looksOf = (words: string | null): string[] =>
  (words ?? '')
    .split(/[、；;]|, /)
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** Whether it was found in walking order: no earlier point was still open. */
export function isInOrder(points: readonly RunPoint[], overlay: Overlay, id: string): boolean {
  const at = points.findIndex((point) => point.id === id)
  return points.slice(0, at).every((point) => !isOpen(point, overlay))
}

/** The point that the walker is led to when the round is opened: where somebody stands, else the next one, else none. */
export function startOf(run: Run): string | null {
  const there = run.points.filter(({ arrival }) => arrival !== null)
  const latest = there.sort((a, b) => (b.arrival?.at ?? 0) - (a.arrival?.at ?? 0))[0]
  return latest?.id ?? run.next
}

/** What one person has visited, and at how many of these points they found something wrong. */
export function tallyOf(points: readonly RunPoint[], person: string | null) {
  const own = points
    .map(({ visits }) => visits.filter(({ by }) => by?.id === person))
    .filter((visits) => visits.length > 0)
  return {
    visited: own.length,
    abnormal: own.filter((visits) => visits.some(({ result }) => result === 'abnormal')).length,
  }
}
