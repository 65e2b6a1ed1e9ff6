/** How a window stands, as far as is known here: what may be told of it, and how loud. */
import type { PatrolCoverageRow as Row } from '@/backend'

/** `gap`: missing, and known to be; `unknown`: missing here, and others may still bring it. */
export type Tone = 'done' | 'now' | 'later' | 'gap' | 'unknown'

type Known = Pick<Row, 'state' | 'points' | 'covered' | 'heard'>

export const isWhole = ({ points, covered }: Pick<Row, 'points' | 'covered'>) =>
  points > 0 && covered >= points

export function toneOf(row: Known): Tone {
  if (row.state === 'due' || row.state === 'open') return 'now'
  if (row.state === 'later') return 'later'
  if (isWhole(row)) return 'done'
  return row.heard ? 'gap' : 'unknown'
}

/** What is said of it: the end of a key of `state`. All of it missed is told otherwise than a few points. */
export function stateOf(row: Known, isOffice: boolean): string {
  const tone = toneOf(row)
  if (tone === 'now' || tone === 'later' || tone === 'done')
    return row.state === 'missed' ? 'done' : row.state
  const word = tone === 'gap' ? 'missed' : isOffice ? 'unheard' : 'unseen'
  return row.covered > 0 ? `${word}_points` : word
}

/** What a list of windows comes to. */
export function sumOf(rows: readonly Pick<Row, 'points' | 'covered' | 'on_time' | 'state'>[]) {
  const over = rows.filter(({ state }) => state === 'done' || state === 'missed')
  const sum = (of: (row: (typeof over)[number]) => number) => over.reduce((all, row) => all + of(row), 0)
  const points = sum((row) => row.points)
  return {
    points,
    covered: sum((row) => row.covered),
    onTime: points === 0 ? null : Math.floor((sum((row) => row.on_time) * 100) / points),
    windows: over.length,
    whole: over.filter(isWhole).length,
  }
}
