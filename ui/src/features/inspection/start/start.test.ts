import { describe, expect, it } from 'vitest'
import type { Role } from '@/backend'
import { group, search, type Choosable } from './choose'
import { splitAreas } from './subjects'

const template = (
  code: string,
  title: string,
  performers: Role[],
  is_daily = true,
  subject = 'canteen',
): Choosable => ({
  template: `${code}@1`,
  code,
  title,
  title_en: 'Check',
  performers,
  is_daily,
  subject,
})
const all = [
  template('T01', '厨房日检（日管控）', ['fso', 'keeper']),
  template('T02', '厨房周大扫除', ['cook'], false),
  template('T06', '库房与仓管记录', ['fso'], false, 'store'),
  template('T16', '水电与违规用电', ['logi', 'fixer'], false, 'room'),
  template('T18', '每日校园安全巡查', ['guard'], true, 'checkpoint'),
  template('T20', '绿化养护', ['staff'], false, 'zone'),
]
const codes = (templates: Choosable[]) => templates.map(({ code }) => code)

describe('the choice of a checklist', () => {
  const shown = (roles: Role[]) => group(all, roles).map(({ key, rows }) => [key, codes(rows)])

  it('has the own daily ones first, and leaves nobody without the others', () => {
    expect(shown(['fso'])).toEqual([
      ['for_you', ['T01']],
      ['also_yours', ['T06']],
      ['daily', ['T18']],
      ['kitchen', ['T02']],
      ['classes', ['T16']],
      ['grounds', ['T20']],
    ])
  })

  it('has what is daily first and the rest by place for who has no role', () => {
    expect(shown([])).toEqual([
      ['daily', ['T01', 'T18']],
      ['kitchen', ['T02', 'T06']],
      ['classes', ['T16']],
      ['grounds', ['T20']],
    ])
  })

  it('loses no checklist whose subject is not known here', () => {
    const odd = template('X1', '新表', [], false, 'something new')
    expect(group([odd], []).map(({ key }) => key)).toEqual(['elsewhere'])
  })

  it.each([
    ['厨房', ['T01', 'T02']],
    ['1', ['T01']],
    ['t16', ['T16']],
    ['Ｔ１６', ['T16']],
    ['16', ['T16']],
    ['  ', ['T01', 'T02', 'T06', 'T16', 'T18', 'T20']],
    ['游泳', []],
  ])('finds %s', (typed, expected) => expect(codes(search(all, typed))).toEqual(expected))
})

describe('the choice of a subject', () => {
  const areas = [
    { id: 'a', kind: 'class' },
    { id: 'b', kind: 'kitchen' },
    { id: 'c', kind: 'outdoor' },
  ]

  it('offers the areas that the checklist is for first', () => {
    const { fitting, others } = splitAreas(['kitchen'], areas)
    expect([fitting.map(({ id }) => id), others.map(({ id }) => id)]).toEqual([['b'], ['a', 'c']])
    expect(splitAreas([], areas).fitting).toEqual([])
  })
})
