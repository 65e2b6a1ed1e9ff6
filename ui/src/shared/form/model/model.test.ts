import { describe, expect, it } from 'vitest'
import type { ItemView } from '@/backend'
import { itemView as item } from '../testing'
import { readCount, toStored, wanting } from './assets'
import { withDraft } from './optimistic'
import { isRest, nextGap, progressOf, shortCode } from './progress'
import { signaturesOf } from './signature'

describe('what a row shows between tap and store', () => {
  // The rules themselves are held to the store's own cases, in cases.test.ts.
  it('says nothing of what is not known here: limits, or the value of another item', () => {
    const limits = { unit: '种', unit_en: 'sorts', min: '0', max: null }
    const passedOf = (part: Partial<ItemView>) => withDraft(item(part), { result: [{ v: '6' }] }).passed
    expect(passedOf({ type: 'number' })).toBeNull()
    expect(passedOf({ type: 'number', limits, equals: 'T03.01' })).toBeNull()
    expect(passedOf({ type: 'number', limits })).toBe(true)
  })

  it('foresees nothing of a value that is asked about, and of one with two readings', () => {
    const limits = { unit: '℃', unit_en: '℃', min: '70', max: null }
    const dish = item({ type: 'temperature', limits, likely: { ...limits, min: '-40', max: '130' } })
    for (const v of ['1000000', '1,234']) {
      const { status, passed, missing } = withDraft(dish, { result: [{ v }] })
      expect([status, passed, missing], v).toEqual(['unanswered', null, ['answer']])
    }
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

  it('fills nothing that is answered', () => {
    expect(isRest(item())).toBe(true)
    expect(isRest(item({ status: 'judged' }))).toBe(false)
    expect(isRest(item({ is_of_rest: false }))).toBe(false)
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

  it('count whole things', () => {
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
