/** What was begun at a point and is not said yet: kept under its author's name, like everything that is begun. */
import type { PhotoRef } from '@/backend'
import { useUnfinished, type FormKey, type Unfinished } from '@/shared/state/unfinished'

export interface PointDraft {
  /** Why it was opened by hand. */
  reason: string
  /** The findings that are still as they were. */
  still: string[]
  /** Photos that belong to no item yet. */
  photos: PhotoRef[]
  /** What was seen, in words. */
  note: string
  /** Whether it was said that something is wrong. */
  isAbnormal: boolean
}

interface PointDrafts {
  points: Record<string, PointDraft>
}

export const emptyPoint = (): PointDraft => ({
  reason: '',
  still: [],
  photos: [],
  note: '',
  isAbnormal: false,
})

const keyOf = (run: string): FormKey => ({ form: 'patrol.point', record: run })

export interface Drafts {
  unfinished: Unfinished<PointDrafts>
  /** What was begun there; nothing is kept of one that is only looked at. */
  of: (point: string) => PointDraft
  change: (point: string, part: Partial<PointDraft>) => void
  drop: (point: string) => void
}

/** The drafts of a round, inside a component's setup. */
export function usePointDrafts(run: string): Drafts {
  const unfinished = useUnfinished<PointDrafts>(keyOf(run), () => ({ points: {} }))
  const { values } = unfinished
  const of = (point: string) => values.points[point] ?? emptyPoint()
  return {
    unfinished,
    of,
    change: (point, part) => (values.points[point] = { ...of(point), ...part }),
    drop(point) {
      if (point in values.points) delete values.points[point]
    },
  }
}
