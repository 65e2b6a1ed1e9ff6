/** What was found, by kind, and where each thing is seen. */
import type { Hit } from '@/backend'

export type { Hit }

export interface Group {
  kind: string
  kind_zh: string
  hits: Hit[]
}

/** The hits by kind; kinds in the order of their best hit. */
export function byKind(hits: readonly Hit[]): Group[] {
  const groups = new Map<string, Group>()
  for (const hit of hits) {
    const group = groups.get(hit.kind) ?? { kind: hit.kind, kind_zh: hit.kind_zh, hits: [] }
    group.hits.push(hit)
    groups.set(hit.kind, group)
  }
  return [...groups.values()]
}

/** The page of a hit; null for kinds that have none here. */
export function pageOf(hit: Pick<Hit, 'kind' | 'id' | 'stage_label'>, isOffice: boolean): string | null {
  switch (hit.kind) {
    case 'inspection':
      return `/inspections/${hit.id}`
    case 'finding':
      return `/findings/${hit.id}`
    case 'person':
      return isOffice ? '/people' : null
    case 'area':
      return isOffice ? '/areas' : null
    default:
      // Only rows of registers are told where they stand in words.
      return hit.stage_label === null ? null : `/entries/${hit.id}`
  }
}
