/** What happened on a round, in the order in which its tablet wrote it; what was not reached stands at the end. */
import type { Run, RunPoint, Visit } from '../model/contract'

/** A visit, or a point without one. */
export type RunStep =
  | { key: string; kind: 'visit'; point: RunPoint; visit: Visit; isLast: boolean }
  | { key: string; kind: 'mate' | 'missed'; point: RunPoint }

export function stepsOf({ points }: Pick<Run, 'points'>): RunStep[] {
  const visits = points
    .flatMap((point) => point.visits.map((visit) => ({ point, visit })))
    .sort((a, b) => a.visit.n - b.visit.n)
    .map(({ point, visit }): RunStep => {
      // Photos and findings of a point stand at its last visit.
      const isLast = point.visits.every(({ n }) => n <= visit.n)
      return { key: visit.id, kind: 'visit', point, visit, isLast }
    })
  const rest = points
    .filter((point) => point.visits.length === 0)
    .map((point): RunStep => ({ key: point.id, kind: point.elsewhere ? 'mate' : 'missed', point }))
  return [...visits, ...rest]
}
