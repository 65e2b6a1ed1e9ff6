/** What happened on a round, in the order in which its tablet wrote it; what was not reached stands at the end. */
import type { Pause, Run, RunPoint, Visit } from '../model/contract'

/** A visit, or a point without one. */
export type RunStep =
  | { key: string; kind: 'visit'; point: RunPoint; visit: Visit; isLast: boolean }
  | { key: string; kind: 'mate' | 'missed'; point: RunPoint }
  | { key: string; kind: 'pause'; pause: Pause }

/** A step that stands at a point. */
export type PointStep = Exclude<RunStep, { kind: 'pause' }>

export function stepsOf({ points, pauses }: Pick<Run, 'points' | 'pauses'>): RunStep[] {
  const broken = pauses.map((pause) => ({
    n: pause.n,
    step: { key: pause.id, kind: 'pause', pause } as RunStep,
  }))
  const visits = points
    .flatMap((point) => point.visits.map((visit) => ({ point, visit })))
    .map(({ point, visit }) => {
      // Photos and findings of a point stand at its last visit.
      const isLast = point.visits.every(({ n }) => n <= visit.n)
      return { n: visit.n, step: { key: visit.id, kind: 'visit', point, visit, isLast } as RunStep }
    })
  const rest = points
    .filter((point) => point.visits.length === 0)
    .map((point): RunStep => ({ key: point.id, kind: point.elsewhere ? 'mate' : 'missed', point }))
  const walked = [...visits, ...broken].sort((a, b) => a.n - b.n).map(({ step }) => step)
  return [...walked, ...rest]
}
