/** Which box comes next: those that stand in no fridge, what was used longest ago first. */

/** A box as it was used. */
export interface Used {
  box_no: string
  /** When, ms. */
  at: number
}

/** The form in which two boxes are compared, as `crates/domain/src/meal/boxes.rs` has it. */
export const boxKey = (box: string): string => box.normalize('NFKC').toUpperCase().replace(/[- ]/g, '')

/** `A-09` after `A-08`; empty where a box has no number at its end. */
export function boxAfter(box: string): string {
  const match = /^(.*?)(\d+)$/.exec(box.trim())
  if (!match) return ''
  const [, name = '', digits = ''] = match
  return name + String(Number(digits) + 1).padStart(digits.length, '0')
}

/**
 * The boxes that may be taken next.
 * @param used as boxes were used so far
 * @param standing those that hold a sample now
 */
export function freeBoxes(used: readonly Used[], standing: readonly string[]): string[] {
  const taken = new Set(standing.map(boxKey))
  const last = new Map<string, Used>()
  for (const one of used) {
    const key = boxKey(one.box_no)
    const known = last.get(key)
    if (!known || known.at < one.at) last.set(key, one)
  }
  const free = [...last]
    .filter(([key]) => key !== '' && !taken.has(key))
    .sort(([a, x], [b, y]) => x.at - y.at || a.localeCompare(b, 'en', { numeric: true }))
    .map(([, { box_no }]) => box_no)
  if (free.length > 0) return free
  const highest = [...standing].sort((a, b) => boxKey(a).localeCompare(boxKey(b), 'en', { numeric: true }))
  const next = boxAfter(highest.at(-1) ?? '')
  return next && !taken.has(boxKey(next)) ? [next] : []
}
