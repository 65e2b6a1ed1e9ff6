/** Which areas a checklist is for. */
import type { AreaRow } from '@/backend'

/** The areas that the checklist is for, the likeliest kind first, and the others. */
export function splitAreas<A extends Pick<AreaRow, 'id' | 'kind'>>(
  kinds: readonly string[],
  areas: readonly A[],
): { fitting: A[]; others: A[] } {
  const order = (area: A) => kinds.indexOf(area.kind ?? '')
  const fitting = areas.filter((area) => order(area) >= 0).sort((a, b) => order(a) - order(b))
  return { fitting, others: areas.filter((area) => order(area) < 0) }
}
