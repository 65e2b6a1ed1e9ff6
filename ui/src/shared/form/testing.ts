/** Whole items for tests, which say only what they are about, and a form at a place that no kind of record has. */
import type { ItemView, ScoreView } from '@/backend'
import { itemShape } from '@/shared/testing/rows'
import type { Drafts, KeptDraft } from './model/drafts'
import type { PlaceForm } from './port'

/** What is kept of a form that is opened again, as the store of this device has it. */
export function keptDrafts(items = new Map<string, KeptDraft>()): Drafts {
  return {
    ready: Promise.resolve(),
    load: () => new Map(items),
    keep: (code, draft) => void items.set(code, draft),
    forget: (code) => void items.delete(code),
    flush: async () => {},
  }
}

export const itemView = (part: Partial<ItemView> = {}): ItemView => ({
  ...itemShape(),
  at: null,
  by: null,
  can_undo: false,
  conflict: [],
  earned: null,
  finding: null,
  how: '',
  missing: ['answer'],
  note: null,
  note_conflict: [],
  original: null,
  passed: null,
  photos: [],
  result: null,
  result_text: null,
  status: 'unanswered',
  ...part,
})

/** The score of a form of which nothing is answered. */
export const noScore = (items: number): ScoreView => ({
  answered: 0,
  answered_max: '0',
  applicable: items,
  earned: '0',
  failed: [],
  final_percent: null,
  final_verdict: 'recorded',
  percent: null,
  red_lines: [],
  verdict: 'recorded',
  verdict_zh: '已记录',
})

/** A form with one heading over all of its items. */
export const placeForm = (items: ItemView[], part: Partial<PlaceForm> = {}): PlaceForm => ({
  id: '0197d000-0000-7000-8000-000000000001',
  version: '1',
  findings: [],
  score: noScore(items.length),
  sections: [
    {
      section: '人员',
      section_en: null,
      answered: 0,
      asked: items.length,
      failed: 0,
      gaps: 0,
      rest: [],
      items,
    },
  ],
  ...part,
})
