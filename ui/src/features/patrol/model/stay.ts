/** The time that a point asks for, counted by a clock that nobody sets. */

/** How much of the shortest stay is left. */
export interface StayLeft {
  /** In whole seconds, rounded up; 0 when it is over. */
  seconds: number
  /** How much of it is over, from 0 to 1. */
  share: number
}

/**
 * @param sinceMs how long somebody stands there; null where nobody knows, as after the tablet was started anew.
 * @returns null where nothing is counted.
 */
export function stayLeft(minSeconds: number, sinceMs: number | null): StayLeft | null {
  if (sinceMs === null || minSeconds <= 0) return null
  const left = Math.max(0, minSeconds * 1_000 - sinceMs)
  return { seconds: Math.ceil(left / 1_000), share: 1 - left / (minSeconds * 1_000) }
}

/** `0:38`, `2:00` */
export function clockOf(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
