import { describe, expect, it } from 'vitest'
import { CommandError } from '@/backend'
import {
  adultsOf,
  fetchersOf,
  foreseen,
  guardiansOf,
  questionsOf,
  siblingsOf,
  sorted,
  twins,
  viewAtFirst,
} from './handover'
import { adultOf, childOf, family, FRESH, STALE } from './testing'

const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id)

describe('the children', () => {
  it('stand by where they are, in the order of their numbers', () => {
    const all = [
      childOf('left', { state: 'gone' }),
      childOf('b', { number: '0102' }),
      childOf('a', { number: '0101' }),
      childOf('other', { class: 'two' }),
    ]
    expect(ids(sorted(all, 'one', 'here'))).toEqual(['a', 'b'])
    expect(ids(sorted(all, '', 'gone'))).toEqual(['left'])
  })

  it('are told apart by a number where two bear one name', () => {
    const all = [childOf('a', { name: '王小明' }), childOf('b', { name: '王小明' }), childOf('c')]
    expect([...twins(all)]).toEqual(['王小明'])
  })

  it('are looked at as they come while most have not come, and as they go afterwards', () => {
    const away = (n: number) => Array.from({ length: n }, (_, at) => childOf(`a${at}`, { state: 'not_seen' }))
    expect(viewAtFirst([...away(3), childOf('here')])).toBe('not_seen')
    expect(viewAtFirst([...away(2), childOf('here'), childOf('gone', { state: 'gone' })])).toBe('here')
    expect(viewAtFirst([])).toBe('here')
  })

  it('go along with a sibling who is here, each by a line of its own', () => {
    const [one, two, three] = family(['一', '二', '三'])
    const all = [one!, two!, { ...three!, state: 'gone' as const }, childOf('四')]
    expect(siblingsOf(one!.adults[0]!, one!, all).map(({ child, adult }) => [child.id, adult.id])).toEqual([
      ['二', '二/m'],
    ])
  })
})

describe('the adults', () => {
  it('stand first who may fetch, then who must not, then who could before', () => {
    const adults = [
      adultOf('used', { once: true, used: true }),
      adultOf('over', { stands: 'over' }),
      adultOf('ban', { stands: 'forbidden' }),
      adultOf('mother'),
    ]
    expect(ids(adultsOf(childOf('a', { adults })))).toEqual(['mother', 'ban', 'over', 'used'])
  })

  it('are called who may fetch the child, the parents first', () => {
    const adults = [
      adultOf('grandmother', { relation: { zh: '祖辈', en: 'Grandparent' } }),
      adultOf('ban', { stands: 'forbidden' }),
      adultOf('neighbour', { once: true }),
      adultOf('father', { relation: { zh: '父亲', en: 'Father' } }),
    ]
    expect(ids(guardiansOf(childOf('a', { adults })))).toEqual(['father', 'grandmother'])
  })

  it('are one person with all their children, and who must not fetch is nobody else', () => {
    const [one, two] = family(['一', '二'])
    const ban = adultOf('ban', { name: '许志刚', stands: 'forbidden', phone: null })
    const fetchers = fetchersOf([
      { ...one!, adults: [...one!.adults, ban] },
      { ...two!, state: 'gone' },
    ])
    expect(fetchers.map(({ adult, pairs }) => [adult.name, pairs.length])).toEqual([
      ['刘芳', 2],
      ['许志刚', 1],
    ])
  })

  it('of one name and two telephones are two people', () => {
    const adults = (phone: string) => [adultOf(phone, { name: '王芳', phone })]
    const all = [childOf('a', { adults: adults('1') }), childOf('b', { adults: adults('2') })]
    expect(fetchersOf(all)).toHaveLength(2)
  })
})

describe('what would alarm', () => {
  const goes = (adult: Parameters<typeof adultOf>[1], child: Parameters<typeof childOf>[1] = {}) => [
    { child: childOf('a', child), adult: adultOf('m', adult) },
  ]
  it('is known before anything is pressed', () => {
    expect(foreseen(goes({}), FRESH)).toEqual([])
    expect(foreseen(goes({ stands: 'forbidden' }), FRESH)).toEqual(['alarm/forbidden'])
    expect(foreseen(goes({ stands: 'revoked' }), FRESH)).toEqual(['alarm/revoked'])
    expect(foreseen(goes({ stands: 'over' }), FRESH)).toEqual(['alarm/unlisted'])
    expect(foreseen(goes({ once: true, used: true }), FRESH)).toEqual(['alarm/once_used'])
    expect(foreseen(goes({}, { state: 'gone' }), FRESH)).toEqual(['alarm/twice'])
  })
  it('is the list itself where that is too old, or of an age that nobody knows', () => {
    expect(foreseen(goes({}), STALE)).toEqual(['stale'])
    expect(foreseen(goes({}), { ...STALE, age_min: null })).toEqual(['unknown'])
  })
  it('is anybody who is on no list', () => {
    expect(foreseen([{ child: childOf('a'), adult: null }], FRESH)).toEqual(['alarm/unlisted', 'other'])
  })
})

describe('a refusal', () => {
  it('that asks something is told from one that does not', () => {
    expect(questionsOf(null)).toEqual([])
    expect(questionsOf(new CommandError('not-allowed', ''))).toEqual([])
    expect(questionsOf(new CommandError('confirm-value', '', null, { warnings: [1] }))).toEqual([])
    const warnings = [{ code: 'alarm/twice', zh: '登记了两次离园', en: 'Left twice' }]
    expect(questionsOf(new CommandError('confirm-value', '', null, { warnings }))).toEqual(warnings)
  })
})
