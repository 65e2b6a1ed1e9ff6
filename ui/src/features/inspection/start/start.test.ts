import { describe, expect, it } from 'vitest'
import type { Role } from '@/backend'
import { group, search, type Choosable } from './choose'
import { splitAreas } from './subjects'

const template = (code: string, title: string, performers: Role[], is_daily = true): Choosable => ({
  template: `${code}@1`,
  code,
  title,
  title_en: 'Check',
  performers,
  is_daily,
})
const all = [
  template('T01', '厨房日检（日管控）', ['fso', 'keeper']),
  template('T02', '厨房周大扫除', ['cook'], false),
  template('T06', '库房与仓管记录', ['fso'], false),
  template('T16', '水电与违规用电', ['logi', 'fixer'], false),
  template('T18', '每日校园安全巡查', ['guard']),
]
const codes = (templates: Choosable[]) => templates.map(({ code }) => code)

describe('the choice of a checklist', () => {
  it('has the own daily ones first, and leaves nobody without the others', () => {
    const { daily, also, others } = group(all, ['fso'])
    expect([codes(daily), codes(also), codes(others)]).toEqual([['T01'], ['T06'], ['T02', 'T16', 'T18']])
    expect(codes(group(all, []).others)).toHaveLength(5)
  })

  it.each([
    ['厨房', ['T01', 'T02']],
    ['1', ['T01']],
    ['t16', ['T16']],
    ['Ｔ１６', ['T16']],
    ['16', ['T16']],
    ['  ', ['T01', 'T02', 'T06', 'T16', 'T18']],
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
