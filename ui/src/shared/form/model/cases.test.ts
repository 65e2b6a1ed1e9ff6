/** The screens foresee what the store will say: its own cases, made by `cargo test -p app`. */
import { describe, expect, it } from 'vitest'
import { fold, halfWidth } from '@/shared/format/text'
import type { Draft, Item } from '../types'
import cases from '../../../../../crates/app/tests/golden/cases.json'
import { readNumber } from './measure'
import { withDraft } from './optimistic'
import { isRest, nextGap, progressOf } from './progress'

interface After {
  status: Item['status']
  passed: boolean | null
  missing: Item['missing']
  refused?: string
}
interface Answer {
  item: Item
  draft: Draft
  after: After
}
interface Section {
  section: string
  items: Item[]
  rest: string[]
  asked: number
  answered: number
  failed: number
  gaps: number
}

const answers = cases.answers as unknown as Answer[]
const forms = cases.forms as unknown as { sections: Section[]; next_gap: string | null }[]
const titled = answers.map((answer) => ({
  ...answer,
  title: `${answer.item.code} ${JSON.stringify(answer.draft)}`,
}))

describe('what the store says to an answer, foreseen', () => {
  it.each(titled.filter(({ after }) => after.refused === undefined))('$title', ({ item, draft, after }) => {
    const { status, passed, missing } = withDraft(item, draft)
    expect({ status, passed, missing }).toEqual(after)
  })

  it.each(titled.filter(({ item, after }) => after.refused && item.type === 'temperature'))(
    '$title is no answer',
    ({ item, draft }) => {
      const { status, passed, missing } = withDraft(item, draft)
      expect([status, passed, missing]).toEqual(['unanswered', null, ['answer']])
    },
  )
})

describe('what the store counts over a form, counted alike', () => {
  it.each(forms)('of a form whose next gap is $next_gap', ({ sections, next_gap }) => {
    for (const { items, rest, asked, answered, failed, gaps } of sections) {
      expect(progressOf(items)).toEqual({ asked, answered, failed, gaps })
      expect(items.filter(isRest).map(({ code }) => code)).toEqual(rest)
    }
    const items = sections.flatMap((section) => section.items)
    expect(nextGap(items, null)).toBe(next_gap)
  })
})

describe('what people type, read as the store reads it', () => {
  it.each(cases.numbers)('the number $typed', ({ typed, means }) => {
    expect(readNumber(typed)).toBe(means === null ? null : Number(means))
  })

  it.each(cases.texts)('the text $typed', ({ typed, narrow, folded }) => {
    expect([halfWidth(typed), fold(typed)]).toEqual([narrow, folded])
  })
})
