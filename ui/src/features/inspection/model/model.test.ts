import { describe, expect, it } from 'vitest'
import type { AnswerValue, ItemView } from '@/backend'
import { itemView as item } from '../testing'
import { namesIn, readCount, toStored, wanting } from './assets'
import { withDraft } from './optimistic'
import { isRest, nextGap, progressOf, shortCode } from './progress'
import { signaturesOf } from './signature'

describe('what a row shows between tap and store', () => {
  it.each<[string, Partial<ItemView>, AnswerValue | null, boolean | null, string[]]>([
    ['a pass', {}, 'pass', true, []],
    ['a pass that needs a photo', { photo: 'always' }, 'pass', true, ['photo']],
    ['a failure', { photo: 'when_failed' }, 'fail', false, ['photo', 'note']],
    ['不适用', { photo: 'always' }, 'na', null, ['note']],
    ['the full mark', { type: 'score', max: 8 }, 8, true, []],
    ['less than 60 %', { type: 'score', max: 8 }, 4, false, ['note']],
    [
      'a dish too cold',
      { type: 'temperature', limits: { unit: '℃', min: '70', max: null } },
      [{ v: '66' }],
      false,
      ['note'],
    ],
    ['no limits yet', { type: 'number', limits: null }, [{ v: '66' }], null, []],
    ['差', { type: 'choice' }, '差', false, ['note']],
    ['a forbidden option', { type: 'choice' }, '下次供应（禁）', false, ['note']],
    ['no number', { type: 'number', limits: null }, [{ v: '很烫' }], null, ['answer']],
    ['nothing', {}, null, null, ['answer']],
  ])('%s', (_, part, result, passed, missing) => {
    const shown = withDraft(item(part), { result })
    expect([shown.passed, shown.missing]).toEqual([passed, missing])
  })

  it('a note that is being written', () => {
    const failed = item({ result: 'fail', status: 'judged', passed: false, missing: ['photo', 'note'] })
    expect(withDraft(failed, { note: '门没关' }).missing).toEqual(['photo'])
    expect(withDraft(failed, { note: ' ' }).missing).toEqual(['photo', 'note'])
  })
})

describe('the way through a form', () => {
  const items = [
    item({ code: 'a', missing: [], status: 'judged', passed: true }),
    item({ code: 'b' }),
    item({ code: 'c', missing: [], status: 'judged', passed: false }),
    item({ code: 'd', status: 'not_asked', missing: [] }),
  ]

  it('counts what is asked, answered, failed and missing', () => {
    expect(progressOf(items)).toEqual({ asked: 3, answered: 2, failed: 1, gaps: 1 })
  })

  it('leads to the next gap, round the end', () => {
    expect(nextGap(items, null)).toBe('b')
    expect(nextGap(items, 'c')).toBe('b')
    expect(nextGap([items[0]!], 'a')).toBeNull()
  })

  it('fills no red line, no measured value, nothing answered', () => {
    expect(isRest(item({ severity: 'L2' }))).toBe(true)
    expect(isRest(item({ severity: 'L4' }))).toBe(false)
    expect(isRest(item({ type: 'temperature' }))).toBe(false)
    expect(isRest(item({ status: 'judged' }))).toBe(false)
  })

  it('numbers an item inside its checklist', () => expect(shortCode('T01.05')).toBe('05'))
})

describe('lines of property', () => {
  it('count what is damaged or missing', () => {
    expect(wanting({ name: '课桌', expected: 40, found: 39, damaged: 2 })).toBe(3)
    expect(wanting({ name: '课桌', expected: 40 })).toBe(0)
    expect(toStored({ name: '课桌', expected: 40, found: 39, damaged: 2, responsible: '' })).toEqual({
      name: '课桌',
      expected: 40,
      found: 39,
      damaged: 2,
      intact: 37,
    })
  })

  it('begin with what the item names', () => {
    expect(namesIn('课桌、椅凳（座号）')).toEqual(['课桌', '椅凳'])
    expect([readCount('４０'), readCount(''), readCount('3x')]).toEqual([40, null, undefined])
  })
})

it('reads signatures in every shape that is stored', () => {
  const strokes: [number, number][][] = [[[1, 2]]]
  expect(signaturesOf(strokes)).toEqual([{ strokes }])
  expect(signaturesOf({ by: 'a', strokes })).toEqual([{ by: 'a', strokes }])
  expect(
    signaturesOf([
      { by: 'a', strokes },
      { by: 'b', strokes },
    ]),
  ).toHaveLength(2)
  expect([signaturesOf(null), signaturesOf('na')]).toEqual([[], []])
})
