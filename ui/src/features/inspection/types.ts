/** The shapes that these screens work with; `Form` and `Item` are what the commands give. */
import type { CommandError } from '@/backend'
import type { PhotoView } from '@/shared/components/photo/types'

/** Somebody as a form names one. */
export interface Person {
  id: string
  name?: string | null
}

export type Severity = 'L1' | 'L2' | 'L3' | 'L4'

export type AnswerType =
  'pass_fail' | 'score' | 'number' | 'temperature' | 'time' | 'choice' | 'text' | 'signature' | 'assets'

export type Status = 'not_asked' | 'unanswered' | 'not_applicable' | 'needs_method' | 'ill_typed' | 'judged'

/** What an item still needs. */
export type Need = 'answer' | 'readable_answer' | 'method' | 'photo' | 'note'

/** One measured value: as it is stored, or as it was typed. */
export interface Reading {
  v: string
  of?: string
  retest?: boolean
}

/** Lines of points from 0 to 1,000. */
export type Strokes = [number, number][][]

export interface Signature {
  by?: string | null
  strokes: Strokes
}

/** One line of a class's property. */
export interface AssetLine {
  name: string
  expected?: number | null
  found?: number | null
  intact?: number | null
  damaged?: number | null
  cause?: string | null
  responsible?: string | null
  action?: string | null
  amount?: string | null
}

export interface Limits {
  unit: string
  min?: string | null
  max?: string | null
}

/** One of the values that people gave without knowing of each other. */
export interface ConflictValue {
  index: number
  value: unknown
  text: string
  by?: Person | null
  at: number
  counts: boolean
  is_here: boolean
  device_name?: string | null
}

/** How an item is asked, and what was answered. */
export interface Item {
  code: string
  text: string
  criterion: string
  type: AnswerType
  options: string[]
  limits?: Limits | null
  limits_wait_for?: string | null
  photo: 'optional' | 'always' | 'when_failed'
  signers?: number | null
  max?: number | null
  severity?: Severity | null
  due?: string | null
  result: unknown
  result_text?: string | null
  note?: string | null
  how: string
  photos: PhotoView[]
  status: Status
  passed?: boolean | null
  earned?: string | null
  by?: Person | null
  at?: number | null
  missing: Need[]
  conflict: ConflictValue[]
  original?: unknown
  finding?: string | null
  can_undo: boolean
}

export interface Section {
  section: string
  answered: number
  asked: number
  failed: number
  gaps: number
  rest: string[]
  items: Item[]
}

export interface Score {
  percent?: string | null
  final_percent?: string | null
  verdict: string
  verdict_zh: string
  final_verdict: string
  earned: string
  answered_max: string
  failed: string[]
  red_lines: string[]
  answered: number
  applicable: number
}

export interface Moment extends Person {
  at: number
  signature?: Strokes | null
}

export interface Reason {
  at?: number | null
  by?: Person | null
  reason?: string | null
}

export interface Correction {
  field: string
  original: unknown
  value: unknown
  reason?: string | null
  by?: Person | null
  at: number
  stands: boolean
}

/** What a form shows of a finding. */
export interface FindingRow {
  id: string
  item?: string | null
  description?: string | null
  severity?: string | null
  state: string
  state_zh: string
  is_open: boolean
  assignee?: Person | null
  due?: number | null
  is_overdue: boolean
}

/** The head of an inspection, as lists have it. */
export interface Head {
  id: string
  template: string
  code?: string | null
  title?: string | null
  title_en?: string | null
  subject?: string | null
  subject_name?: string | null
  scope?: string | null
  mode?: string | null
  stage: string
  created_by?: Person | null
  occurred_at?: number | null
  business_date?: string | null
  late: boolean
}

export interface Form extends Head {
  version: string
  people: Moment[]
  submits: Moment[]
  sections: Section[]
  missing: { item: string; needs: Need }[]
  next_gap?: string | null
  score: Score
  findings: FindingRow[]
  corrections: Correction[]
  voids: Reason[]
  incomplete: Reason[]
}

/** What a save answers. */
export interface Filled {
  id: string
  version: string
  items: Item[]
  missing: number
  next_gap?: string | null
  score: Score
  undo: Record<string, unknown>
}

/** What was entered for an item and is not stored yet. */
export interface Draft {
  result?: unknown
  note?: string
}

/** Where the last save of an item failed. */
export interface Trouble {
  part: 'result' | 'note' | 'photo' | 'rest'
  error: CommandError
}
