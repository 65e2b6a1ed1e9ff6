/** The walking order: where a point goes, and how the others stand then. */

/** The list with the element at `from` moved to `to`; as it is where either is none of its places. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const result = [...list]
  if (from < 0 || from >= list.length || to < 0 || to >= list.length) return result
  result.splice(to, 0, ...result.splice(from, 1))
  return result
}

/** The place at a height of the page, by the middles of the rows from the top; that of the last row below all of them. */
export function placeAt(y: number, middles: readonly number[]): number {
  const below = middles.findIndex((middle) => y < middle)
  return below < 0 ? Math.max(0, middles.length - 1) : below
}

/** The place that a key moves to from `place`; none for other keys. */
export function placeByKey(key: string, place: number, count: number): number | null {
  if (key === 'ArrowUp') return Math.max(0, place - 1)
  if (key === 'ArrowDown') return Math.min(count - 1, place + 1)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
