import { describe, expect, it } from 'vitest'
import { CommandError } from '@/backend'
import { choiceOf, fieldOf } from '../testing'
import type { Clause, Field, FormValues } from '../types'
import { missingOf, unfinishedLines, warningsOf, wrongsOf } from './check'
import { isAsked, isNeeded } from './condition'
import { boundsOf, judge, numberOf, stepped } from './number'
import { daysOf } from './period'
import { brief, veilOf, withoutDay } from './shown'
import { changesOf, toForm, untouched } from './values'

const wall = { toWall: (at: number) => `2026-11-29T${String(22 + at).padStart(2, '0')}:00` }
const clause = (word: string, field: string, ...codes: string[]): Clause => ({ word, field, codes })

describe('a condition', () => {
  const when = (...clauses: Clause[]) => ({ when: clauses })

  it.each<[string, Clause, FormValues, boolean]>([
    ['has, of a text', clause('has', 'a'), { a: ' x' }, true],
    ['has, of blanks', clause('has', 'a'), { a: '  ' }, false],
    ['has, of no photo', clause('has', 'a'), { a: [] }, false],
    ['has, of a table without a cell', clause('has', 'a'), { a: { k: { n: '' } } }, false],
    ['lacks', clause('lacks', 'a'), { a: '' }, true],
    ['is one of several', clause('is', 'a', '冷藏', '冷冻'), { a: '冷冻' }, true],
    ['is none of them', clause('is', 'a', '冷藏'), { a: '' }, false],
    ['yes', clause('yes', 'a'), { a: 'yes' }, true],
    ['no', clause('yes', 'a'), { a: 'no' }, false],
  ])('asks whether a field %s', (_, own, values, asked) => expect(isAsked(when(own), values)).toBe(asked))

  it('shows a field about whose condition only the program can tell, and does not ask for it', () => {
    for (const own of [clause('above', 'a'), clause('is', 'group', 'x'), clause('of_tomorrow', 'a')]) {
      expect(isAsked(when(own), { a: '1' })).toBe(true)
      expect(isNeeded({ needed: false, needed_when: [own] }, { a: '1' })).toBe(false)
    }
  })

  it('holds when all of its clauses hold', () => {
    const both = when(clause('is', 'a', 'x'), clause('lacks', 'b'))
    expect(isAsked(both, { a: 'x', b: '' })).toBe(true)
    expect(isAsked(both, { a: 'x', b: 'y' })).toBe(false)
  })
})

describe('a number', () => {
  it.each([
    ['4', 4],
    ['－１８．５', -18.5],
    ['98℃', 98],
    ['3。5', 3.5],
    ['1,5', null],
    ['4 5', null],
    ['很冷', null],
    ['', null],
  ])('is read from %j as %j', (typed, value) => expect(numberOf(typed)).toBe(value))

  it('stands to its limits as soon as it is typed, and to none while it cannot be read', () => {
    const limits = { low: '0', high: '8' }
    expect(['-1', '0', '8', '8.1', '', '8,1'].map((typed) => judge(limits, typed))).toEqual([
      'low',
      'fine',
      'fine',
      'high',
      'none',
      'none',
    ])
    expect(judge({ low: null, high: null }, '400')).toBe('fine')
  })

  it('knows the bounds of its declaration', () => {
    expect(boundsOf('TXT[1,40]')).toEqual({ least: 1, most: 40 })
    expect(boundsOf('COUNT')).toEqual({ least: null, most: null })
    expect(boundsOf('NUM[mg/L,@a(b, c).d,2000]').least).toBeNull()
  })

  it('is stepped within them, from nothing to the first', () => {
    expect(stepped('COUNT[1,5]', '', 1)).toBe('1')
    expect(stepped('COUNT', '', -1)).toBe('0')
    expect(stepped('COUNT[1,5]', '5', 1)).toBe('5')
    expect(stepped('COUNT[1,5]', '1', -1)).toBe('1')
    expect(stepped('COUNT', '７', 1)).toBe('8')
  })
})

describe('what stands in a form', () => {
  const items = fieldOf('items', 'ROWS', {
    columns: [
      fieldOf('should', 'COUNT', { computed: true }),
      fieldOf('counted', 'COUNT', { needed: true }),
      fieldOf('intact', 'YES'),
    ],
    lines: [
      { key: '钥匙', cells: { should: 5 } },
      { key: '对讲机', cells: { should: 2 } },
    ],
  })
  const fields: Field[] = [
    fieldOf('at', 'INSTANT', { preset: 0, needed: true }),
    choiceOf('what', ['冷藏', '中心温度'], { needed: true }),
    fieldOf('dish', 'TXT', {
      when: [clause('is', 'what', '中心温度')],
      needed_when: [clause('is', 'what', '中心温度')],
    }),
    fieldOf('c', 'TEMP', { needed: true }),
    fieldOf('ok', 'YES'),
    fieldOf('minutes', 'SPAN', { computed: true }),
    fieldOf('old', 'TXT', { retired: true }),
    items,
  ]

  it('is what a new row begins with, each type in its one shape', () => {
    expect(untouched(fields, wall)).toEqual({
      at: '2026-11-29T22:00',
      what: '',
      dish: '',
      c: '',
      ok: '',
      items: {
        钥匙: { should: '5', counted: '', intact: '' },
        对讲机: { should: '2', counted: '', intact: '' },
      },
    })
  })

  it('is what the row holds, and nothing of what a mask shows', () => {
    expect(toForm(fieldOf('ok', 'YES'), false, wall)).toBe('no')
    expect(toForm(fieldOf('n', 'COUNT'), 12, wall)).toBe('12')
    expect(toForm(fieldOf('p', 'PHONE'), { masked: 'last4', shown: '***1234' }, wall)).toBe('')
    expect(toForm(fieldOf('p', 'TXT'), { gone: 'keep' }, wall)).toBe('')
    expect(toForm(fieldOf('e', 'NOTES'), [{ text: '停电', at: 0 }], wall)).toBe('')
    expect(toForm(items, { 钥匙: { counted: 4, intact: true } }, wall)).toEqual({
      钥匙: { should: '5', counted: '4', intact: 'yes' },
      对讲机: { should: '2', counted: '', intact: '' },
    })
  })

  it('is sent without blanks, without what is not asked for, and without what the program works out', () => {
    const before = untouched(fields, wall)
    const values = {
      ...before,
      what: '冷藏',
      dish: '红烧肉',
      c: ' 4.5 ',
      ok: 'no',
      items: {
        钥匙: { should: '5', counted: '4', intact: 'yes' },
        对讲机: { should: '2', counted: '', intact: '' },
      },
    }
    expect(changesOf(fields, values, before, true)).toEqual({
      at: '2026-11-29T22:00',
      what: '冷藏',
      c: '4.5',
      ok: false,
      items: { 钥匙: { counted: '4', intact: true } },
    })
  })

  it('takes a preset away that somebody has emptied', () => {
    const before = untouched(fields, wall)
    expect(changesOf(fields, { ...before, at: '' }, before, true)).toEqual({ at: null })
  })

  it('is sent of an old row only as far as it differs', () => {
    const stored = {
      at: 0,
      what: '中心温度',
      dish: '红烧肉',
      c: '74',
      items: { 钥匙: { counted: 4, intact: true } },
    }
    const before = untouched(fields, wall, stored)
    expect(changesOf(fields, before, before, false)).toEqual({})
    const values = { ...before, c: '75', items: { 钥匙: { should: '5', counted: '5', intact: '' } } }
    expect(changesOf(fields, values, before, false)).toEqual({
      c: '75',
      items: { 钥匙: { counted: '5', intact: null } },
    })
    // The reason for the dish went away, and the dish with it.
    expect(changesOf(fields, { ...before, what: '冷藏' }, before, false)).toEqual({
      what: '冷藏',
      dish: null,
    })
  })

  it('names photos that were added, and each that was taken out by its own path', () => {
    const photo = (blob: string) => ({
      blob,
      mime: 'image/jpeg',
      size: 1,
      source: 'camera' as const,
      taken_at: 0,
    })
    const strip = [fieldOf('strip', 'PHOTOS')]
    const before = { strip: [photo('a'), photo('b')] }
    expect(changesOf(strip, { strip: [photo('b'), photo('c')] }, before, false)).toEqual({
      strip: [photo('c')],
      'strip/a': null,
    })
  })

  it('must be whole: what is missing is named, a table too', () => {
    const values = untouched(fields, wall)
    expect(Object.keys(missingOf(fields, values))).toEqual(['what', 'c'])
    expect(Object.keys(missingOf(fields, { ...values, what: '中心温度', c: '70' }))).toEqual(['dish'])
    const needed = { ...items, needed: true }
    expect(missingOf([needed], values)).toEqual({ items: 'needed' })
    const half = { 钥匙: { counted: '4' }, 对讲机: { counted: '' }, 'u-1': { counted: '', intact: '' } }
    expect(unfinishedLines(needed, half)).toEqual(['对讲机'])
  })
})

describe('what the program says', () => {
  it('stands at each of its fields, a cell at its table', () => {
    const error = new CommandError('bad-value', 'c is at most 300 ℃', 'c', {
      values: [
        { field: 'c', rule: 'above', zh: '不大于 300 ℃', en: 'is at most 300 °C' },
        { field: 'items/钥匙/counted', rule: 'not-whole', zh: '应为整数', en: 'takes a whole number' },
      ],
    })
    expect(wrongsOf(error)).toEqual({
      c: { zh: '不大于 300 ℃', en: 'is at most 300 °C' },
      items: { zh: '应为整数', en: 'takes a whole number' },
    })
    expect(wrongsOf(new CommandError('finished', '', 'c'))).toEqual({})
  })

  it('is a question where it can be kept', () => {
    const warnings = [{ code: 'long', level: 'ask', text: '超过 26 小时', text_en: 'long', fields: [] }]
    expect(warningsOf(new CommandError('confirm-value', '', null, { warnings }))).toEqual(warnings)
    expect(warningsOf(new CommandError('bad-value', '', null, { warnings }))).toEqual([])
  })
})

describe('the days of a list', () => {
  const own = { from: '2026-11-01', to: '' }
  it.each([
    ['all', '2026-11-29', { from: '', to: '' }],
    ['today', '2026-11-29', { from: '2026-11-29', to: '2026-11-29' }],
    // A Sunday belongs to the week that began on Monday.
    ['week', '2026-11-29', { from: '2026-11-23', to: '2026-11-29' }],
    ['week', '2026-11-30', { from: '2026-11-30', to: '2026-12-06' }],
    ['month', '2026-02-11', { from: '2026-02-01', to: '2026-02-28' }],
    ['month', '2028-02-29', { from: '2028-02-01', to: '2028-02-29' }],
    ['own', '2026-11-29', own],
  ] as const)('%s, on %s', (period, today, days) => expect(daysOf(period, today, own)).toEqual(days))
})

describe('a value that is not shown whole', () => {
  it('says whether it is masked or gone', () => {
    expect(veilOf({ masked: 'last4', shown: '***1234' })).toEqual({ masked: 'last4', shown: '***1234' })
    expect(veilOf({ gone: 'hold' })).toEqual({ gone: 'hold' })
    for (const value of [null, 'x', 3, ['a'], { 钥匙: { counted: 4 } }]) expect(veilOf(value)).toBeNull()
  })

  it('is a day without this year', () => {
    expect(brief('2026-11-29', '2026')).toBe('11-29')
    expect(brief('2025-11-29', '2026')).toBe('2025-11-29')
  })

  it('is a title without the day that stands above it', () => {
    expect(withoutDay('2026-11-29 23:24 · 中心温度', '2026-11-29')).toBe('23:24 · 中心温度')
    expect(withoutDay('2026-11-29 · 门卫室', '2026-11-29')).toBe('门卫室')
    expect(withoutDay('2026-11-29', '2026-11-29')).toBe('2026-11-29')
    expect(withoutDay('灭火器', '2026-11-29')).toBe('灭火器')
  })
})
