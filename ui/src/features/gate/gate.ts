/** Who and what is inside or outside by the gate, apart from any screen. */
import type { Answer, GateInside } from '@/backend'

export type Inside = GateInside
export type Visitor = Inside['visitors'][number]
export type Unpaired = Inside['unpaired'][number]
export type Stayed = Inside['stayed'][number]
export type Row = Answer<'entry.list'>['rows'][number]

/** Something that should be out, or back, since the gate has closed. */
export interface Late {
  id: string
  name: string
  detail: string
  /** What the button says; none for who only looks. */
  act: string | null
  settle: () => unknown
}

/** What the page of the gate rests on. */
export const GATE_KINDS = [
  'visitor_entry',
  'vehicle_entry',
  'pupil_exit',
  'goods_pass',
  'child_handover',
  'area',
  'setting',
]

/** The visits among which a person says which one a leaving ends: those that fit, or all where none does. */
export function candidatesOf(left: Unpaired, visitors: readonly Visitor[]): readonly Visitor[] {
  const fitting = visitors.filter(({ id }) => left.visits.includes(id))
  return fitting.length > 0 ? fitting : visitors
}

/** Who came of late and left again, each once, the newest first; who is inside now needs no second entry. */
export function returning(rows: readonly Row[], visitors: readonly Visitor[]): Row[] {
  const key = (name: string, org: string) => `${name} ${org}`
  const seen = new Set(visitors.map(({ name, org }) => key(name, org ?? '')))
  return rows.filter(({ words }) => {
    const own = key(words.name?.zh ?? '', words.org?.zh ?? '')
    return !seen.has(own) && seen.add(own)
  })
}
