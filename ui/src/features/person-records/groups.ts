/** What names a person, by kind. */
import type { Answer } from '@/backend'

export type Everything = Answer<'entry.about'>
export type ErasureView = NonNullable<Everything['erasure']>

/** One thing that names the person. */
export interface Line {
  id: string
  /** Where it is read; null for what has no page. */
  to: string | null
  title: string
  title_en: string | null
  day: string | null
  stage: string | null
  stage_en: string | null
}

export interface Group {
  kind: string
  /** What the commands call the kind in Chinese; null for a register. */
  kind_zh: string | null
  lines: Line[]
}

const pages: Readonly<Record<string, (id: string) => string>> = {
  finding: (id) => `/findings/${id}`,
  inspection: (id) => `/inspections/${id}`,
}

/** Registers first, as they come; then the rest. */
export function groupsOf(everything: Pick<Everything, 'rows' | 'records'>): Group[] {
  const groups = new Map<string, Group>()
  const add = (kind: string, kindZh: string | null, line: Line) => {
    const group = groups.get(kind) ?? { kind, kind_zh: kindZh, lines: [] }
    group.lines.push(line)
    groups.set(kind, group)
  }
  for (const { id, kind, title, title_en, day, stage_label, stage_label_en } of everything.rows)
    add(kind, null, {
      id,
      to: `/entries/${id}`,
      title,
      title_en: title_en ?? null,
      day: day ?? null,
      stage: stage_label ?? null,
      stage_en: stage_label_en ?? null,
    })
  for (const { id, kind, kind_zh, title, title_en, day } of everything.records)
    add(kind, kind_zh, {
      id,
      to: pages[kind]?.(id) ?? null,
      title,
      title_en: title_en ?? null,
      day: day ?? null,
      stage: null,
      stage_en: null,
    })
  return [...groups.values()]
}
