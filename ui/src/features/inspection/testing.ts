/** Whole items and forms for tests, which say only what they are about. */
import type { FormView, ItemView } from '@/backend'
import { inspectionRow, itemShape, outcomeOf } from '@/shared/testing/rows'
import type { Drafts, KeptDraft } from './model/drafts'

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

/** An open form with one heading over all of its items. */
export const formView = (items: ItemView[], part: Partial<FormView> = {}): FormView => ({
  ...inspectionRow({ stage: 'open' }),
  corrections: [],
  findings: [],
  incomplete: [],
  missing: [],
  next_gap: null,
  outcome: outcomeOf({ answered: 0, asked: items.length, percent: null, verdict: 'incomplete' }),
  people: [],
  score: {
    answered: 0,
    answered_max: '0',
    applicable: items.length,
    earned: '0',
    failed: [],
    final_percent: null,
    final_verdict: 'recorded',
    percent: null,
    red_lines: [],
    verdict: 'recorded',
    verdict_zh: '已记录',
  },
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
  submits: [],
  version: '1',
  voids: [],
  ...part,
})
