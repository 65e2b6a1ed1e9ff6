import { describe, expect, it } from 'vitest'
import { change, devicesOf, passages, type Entry, type Field } from './history'

const asText = (value: unknown) => (value === null ? '' : String(value))
const field = (name: string, old: unknown, fresh: unknown, texts: Partial<Field> = {}): Field => ({
  field: name,
  label: '地面 · 结果',
  label_en: 'Floor · Result',
  old: old === null ? [] : [old],
  new: fresh === null ? [] : [fresh],
  old_text: asText(old),
  new_text: asText(fresh),
  old_text_en: asText(old),
  new_text_en: asText(fresh),
  by: null,
  at: null,
  ...texts,
})
const entry = (
  seq: number,
  minutes: number,
  by: string,
  device: string | null,
  ...fields: Field[]
): Entry => ({
  seq,
  at: minutes * 60_000,
  received_at: minutes * 60_000,
  device: 'd',
  device_name: device,
  by: { id: by, name: by },
  fields,
})
const kindOf = (one: Field) => change(one)?.kind ?? null

describe('a change in words', () => {
  it('tells of the clock only that nobody had checked it', () => {
    expect(kindOf(field('clock', null, { state: 'server', boot: 'b', steady_ms: 1 }))).toBeNull()
    expect(kindOf(field('clock', null, { state: 'person', boot: 'b', steady_ms: 1 }))).toBeNull()
    expect(kindOf(field('clock', null, { state: 'none', boot: 'b', steady_ms: 1 }))).toBe('unchecked')
  })

  it.each([
    ['answers/T01.03/result', null, 7, 'set'],
    ['answers/T01.03/result', 7, 5, 'changed'],
    ['answers/T01.03/note', '旧', null, 'cleared'],
    ['answers/T01.03/photos/abc', null, { blob: 'abc' }, 'photo_added'],
    ['answers/T01.03/photos/abc', { blob: 'abc' }, null, 'photo_removed'],
    ['answers/T01.03/how', null, 'batch', 'batch'],
    ['answers/T01.03/how', null, '', null],
    ['submits/p1', null, {}, 'submitted'],
    ['people/p1', null, 1, 'joined'],
    ['incomplete', null, { reason: '照片稍后补' }, 'incomplete'],
    ['recorded_at', null, 1, null],
    ['template', null, 'T01@1', 'started'],
    ['business_date', null, '2026-11-26', null],
    ['steps/s1', null, {}, 'step'],
  ])('of %s from %j to %j is %s', (name, old, fresh, kind) => {
    expect(kindOf(field(name, old, fresh))).toBe(kind)
  })

  it('takes the words of the server before the stored value', () => {
    const told = change(
      field('answers/T01.03/result', 'pass', 'fail', { old_text: '合格', new_text: '不合格' }),
    )
    expect(told).toMatchObject({ kind: 'changed', old: '合格', new: '不合格' })
  })

  it('tells why something was made void', () => {
    expect(change(field('void/v1', null, { reason: '重复' }))).toMatchObject({ kind: 'voided', new: '重复' })
  })
})

describe('the passages', () => {
  it('join what one person did on one device until there is a pause', () => {
    const result = (old: unknown, fresh: unknown) => field('answers/T01.03/result', old, fresh)
    const made = passages([
      entry(3, 20, '李敏', '平板 1', field('submits/p', null, {})),
      entry(1, 0, '李敏', '平板 1', field('template', null, 'T01@1')),
      entry(2, 2, '李敏', '平板 1', result(null, 7)),
      entry(4, 21, '刘建国', '平板 2', result(7, 5)),
    ])
    expect(made.map(({ by, changes }) => [by, changes.map(({ kind }) => kind)])).toEqual([
      ['李敏', ['started', 'set']],
      ['李敏', ['submitted']],
      ['刘建国', ['changed']],
    ])
  })

  it('keep the first and the last word of a field that was written twice without a pause', () => {
    const [one] = passages([
      entry(1, 0, '李敏', null, field('answers/T01.03/result', 7, 6)),
      entry(2, 1, '李敏', null, field('answers/T01.03/result', 6, 5)),
    ])
    expect(one?.changes).toMatchObject([{ kind: 'changed', label: '地面 · 结果', old: '7', new: '5' }])
  })

  it('tell what several people wrote and one push brought apart', () => {
    const pushed = entry(
      1,
      9,
      '刘建国',
      '平板 1',
      field('answers/T01.03/result', null, 7, { by: { id: 'a', name: '李敏' }, at: 1 }),
      field('answers/T01.04/result', null, 'pass', { by: { id: 'b', name: '刘建国' }, at: 2 }),
    )
    expect(passages([pushed]).map(({ by }) => by)).toEqual(['李敏', '刘建国'])
  })

  it('tell what "rest is fine" filled in one line', () => {
    const filled = ['T01.02', 'T01.04'].flatMap((item) => [
      field(`answers/${item}/how`, null, 'batch', { label: `${item} 方式` }),
      field(`answers/${item}/result`, null, 'pass', { label: `${item} 结果` }),
    ])
    const [one] = passages([
      entry(1, 0, '李敏', null, ...filled, field('answers/T01.05/result', null, 'pass')),
    ])
    expect(one?.changes.map(({ kind, new: text }) => [kind, text])).toEqual([
      ['batch', '2'],
      ['set', 'pass'],
    ])
  })

  it('leave out entries that say nothing', () => {
    expect(passages([entry(1, 0, '李敏', null, field('created', null, {}))])).toEqual([])
  })
})

describe('the photos that are owed', () => {
  it('are on the devices whose entries named them', () => {
    const named = entry(1, 0, '李敏', '平板 2', field('answers/T01.03/photos/abc', null, { blob: 'abc' }))
    expect(devicesOf([named], ['abc'])).toEqual(['平板 2'])
    expect(devicesOf([named], ['other'])).toEqual([])
  })
})
