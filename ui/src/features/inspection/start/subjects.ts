/** What one form of a checklist is about, and where that is looked for. */
import type { AreaRow } from '@/backend'

/** How the subject is chosen: from the areas, from the people, from the meals, or in words. */
export type SubjectKind = 'area' | 'person' | 'meal' | 'words' | 'none'

/** The kinds of areas that a subject of a checklist can be; none for one that is the whole campus. */
const AREAS: Record<string, readonly string[]> = {
  canteen: ['kitchen'],
  store: ['store'],
  class: ['class'],
  class_snack: ['class'],
  room: ['room', 'class'],
  asset_line: ['class', 'room'],
  gate: ['gate'],
  building: ['building'],
  zone: ['zone', 'outdoor'],
  equipment: ['outdoor', 'zone'],
  checkpoint: ['gate', 'zone', 'outdoor', 'building'],
}
const WORDS = ['delivery_line', 'batch']

export const MEALS = ['早餐', '早点', '午餐', '午点', '晚餐'] as const

export function subjectKind(subject: string): SubjectKind {
  if (subject === 'person') return 'person'
  if (subject === 'meal') return 'meal'
  if (subject === 'campus') return 'none'
  return WORDS.includes(subject) ? 'words' : 'area'
}

/** The areas that the checklist is for, and the others. */
export function splitAreas<A extends Pick<AreaRow, 'id' | 'kind'>>(
  subject: string,
  areas: readonly A[],
): { fitting: A[]; others: A[] } {
  const kinds = AREAS[subject] ?? []
  const order = (area: A) => kinds.indexOf(area.kind ?? '')
  const fitting = areas.filter((area) => order(area) >= 0).sort((a, b) => order(a) - order(b))
  return { fitting, others: areas.filter((area) => order(area) < 0) }
}
