import { describe, expect, it } from 'vitest'
import type { VisitResult } from './contract'
import { isInOrder, leftOf, looksOf, markOf, nextOf, resultOf, startOf, tally, tallyOf } from './run'
import { ME, runOf, runPoint, visitOf } from './testing'

const none = new Map<string, VisitResult>()
const seen = (...results: VisitResult[]) =>
  results.map((result, at) => visitOf({ id: `v${at}`, n: at + 1, result }))
const arrival = { at: 5, how: 'qr' as const, ago_ms: 0 }

describe('a point of a round', () => {
  it('that was found wrong once stays so, whatever is said of it later', () => {
    const point = runPoint(7, { visits: seen('abnormal', 'normal') })
    expect(resultOf(point, none)).toBe('abnormal')
    expect(markOf(point, none)).toBe('abnormal')
    expect(markOf(runPoint(7, { visits: seen('normal') }), new Map([['c7', 'abnormal']]))).toBe('abnormal')
  })

  it('is drawn as it was tapped before that is stored', () => {
    expect(markOf(runPoint(1, { arrival }), new Map([['c1', 'normal']]))).toBe('normal')
  })

  it('where somebody stands is told from one that is to come, missed, or visited by a colleague', () => {
    expect(markOf(runPoint(1, { arrival }), none)).toBe('there')
    expect(markOf(runPoint(1), none)).toBe('next')
    expect(markOf(runPoint(1, { elsewhere: { by: ME, at: 1, told: false } }), none)).toBe('mate')
    expect(markOf(runPoint(1, { missed: { reason: '进不去', by: ME, at: 1 } }), none)).toBe('missed')
    // A reason that was given hides no visit.
    const both = runPoint(1, { missed: { reason: '进不去', by: ME, at: 1 }, visits: seen('normal') })
    expect(markOf(both, none)).toBe('normal')
  })
})

describe('the next point', () => {
  const points = [
    runPoint(1, { visits: seen('normal') }),
    runPoint(2),
    runPoint(3, { visits: seen('normal') }),
    runPoint(4, { elsewhere: { by: ME, at: 1, told: false } }),
  ]

  it('is the first behind this one that nobody has visited, going round at the end', () => {
    expect(nextOf(points, none, 'c1')?.id).toBe('c2')
    expect(nextOf(points, none, 'c3')?.id).toBe('c2')
    expect(nextOf(points, none, null)?.id).toBe('c2')
    expect(nextOf(points, new Map([['c2', 'normal']]), 'c2')).toBeNull()
  })

  it('is out of order when an earlier one is still open', () => {
    expect(isInOrder(points, none, 'c2')).toBe(true)
    expect(isInOrder(points, none, 'c3')).toBe(false)
  })

  it('on opening is where somebody stands, whoever came there last', () => {
    expect(startOf(runOf(points, { next: 'c2' }))).toBe('c2')
    const standing = [...points, runPoint(5, { arrival }), runPoint(6, { arrival: { ...arrival, at: 9 } })]
    expect(startOf(runOf(standing, { next: 'c2' }))).toBe('c6')
  })

  it('leaves what nobody has visited for the end', () => {
    expect(leftOf(points, none).map(({ id }) => id)).toEqual(['c2'])
  })
})

it('counts points, not visits, and each walker their own', () => {
  const other = { id: 'p-zhang', name: '张伟' }
  const points = [
    runPoint(1, { visits: seen('normal', 'normal') }),
    runPoint(2, { visits: [visitOf({ by: other, result: 'abnormal' })] }),
    runPoint(3),
  ]
  expect(tally(points, none)).toEqual({ visited: 2, abnormal: 1 })
  expect(tallyOf(points, ME.id)).toEqual({ visited: 1, abnormal: 0 })
  expect(tallyOf(points, other.id)).toEqual({ visited: 1, abnormal: 1 })
  expect(tallyOf(points, null)).toEqual({ visited: 0, abnormal: 0 })
})

it('says what to look at one by one', () => {
  expect(looksOf('扶手、防火门、应急灯、堆物')).toEqual(['扶手', '防火门', '应急灯', '堆物'])
  expect(looksOf('Handrails, fire doors; lights')).toEqual(['Handrails', 'fire doors', 'lights'])
  expect(looksOf(null)).toEqual([])
})
