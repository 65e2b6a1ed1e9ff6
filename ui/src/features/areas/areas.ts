/** Areas as a tree: buildings with their floors and rooms. */
import type { AreaRow } from '@/backend'

/** What an area can be, in the order in which a form offers it. */
export const KINDS = [
  'building',
  'floor',
  'room',
  'class',
  'kitchen',
  'store',
  'gate',
  'zone',
  'outdoor',
] as const

/** An area at its place in the tree. */
export interface Branch {
  area: AreaRow
  /** How many areas stand above it. */
  depth: number
  /** Whether others are part of it. */
  hasParts: boolean
}

/** The tree as rows: each area is followed by its parts; by name in each. What is part of itself, or of nothing known, stands at the root. */
export function tree(areas: readonly AreaRow[], compare: (one: string, other: string) => number): Branch[] {
  const known = new Set(areas.map(({ id }) => id))
  const parts = new Map<string | null, AreaRow[]>()
  for (const area of areas) {
    const above = area.parent && known.has(area.parent) && area.parent !== area.id ? area.parent : null
    parts.set(above, [...(parts.get(above) ?? []), area])
  }
  const rows: Branch[] = []
  const seen = new Set<string>()
  const byName = (one: AreaRow, other: AreaRow) => compare(one.name ?? '', other.name ?? '')
  function grow(above: string | null, depth: number) {
    for (const area of [...(parts.get(above) ?? [])].sort(byName)) {
      if (seen.has(area.id)) continue
      seen.add(area.id)
      rows.push({ area, depth, hasParts: parts.has(area.id) })
      grow(area.id, depth + 1)
    }
  }
  grow(null, 0)
  // Two areas that are part of each other are reached from no root.
  for (const area of [...areas].sort(byName)) {
    if (seen.has(area.id)) continue
    seen.add(area.id)
    rows.push({ area, depth: 0, hasParts: parts.has(area.id) })
    grow(area.id, 1)
  }
  return rows
}

/** The areas that `id` may be part of: neither itself nor what is part of it. */
export function possibleParents(rows: readonly Branch[], id: string | null): Branch[] {
  const at = rows.findIndex(({ area }) => area.id === id)
  const depth = rows[at]?.depth
  if (depth === undefined) return [...rows]
  const after = rows.findIndex((row, index) => index > at && row.depth <= depth)
  const end = after < 0 ? rows.length : after
  return rows.filter((_, index) => index < at || index >= end)
}

/** What is wrong with a form of an area. */
export function areaProblem(name: string): 'missing' | 'too_long' | null {
  const length = [...name.trim()].length
  if (length === 0) return 'missing'
  return length > 100 ? 'too_long' : null
}
