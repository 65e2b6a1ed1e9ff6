/** A paper in tests: its sheet, its line in the list, and a door that gives both. */
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import type { Sheet } from './types'

const column = (key: string, main = true) => ({ key, label: key, type: 'text', main })

export function sheet(over: Partial<Sheet> = {}): Sheet {
  return {
    sheet: 'waste',
    title: '废弃物处置',
    shape: 'ledger',
    landscape: false,
    head: [{ label: '单位', text: '阳光幼儿园' }],
    columns: [column('at'), column('kg'), column('note', false)],
    rows: [
      ['2026-09-01 09:00', '35', null],
      ['2026-09-03 09:00', null, '=1+1'],
    ],
    lines: ['2026-09-01', '2026-09-03'].map((day) => ({
      id: null,
      day,
      late: day.endsWith('3'),
      conflict: false,
      after_signing: null,
    })),
    gaps: [{ day: '2026-09-02', until: null, what: '大一班' }],
    gaps_until: '2026-09-02',
    corrections: [
      {
        row: 1,
        column: 'kg',
        original: '53 kg',
        value: '35',
        reason: '写反',
        by: '赵厨',
        at: '2026-09-01 10:00',
        conflict: false,
      },
    ],
    void: 1,
    newer: 0,
    foot: '共 2 行，作废 1 行未列',
    signatures: [
      { key: 'created', label: '填表人', names: ['赵厨'] },
      { key: 'check', label: '审核人', names: [] },
    ],
    from: '2026-09-01',
    to: '2026-09-30',
    as_of: 1_788_229_800_000,
    signing: null,
    ...over,
  }
}

export const entry = {
  sheet: 'waste',
  title: '废弃物处置',
  title_en: 'Waste',
  period: 'month',
  may_export: true,
  may_tell: true,
  has_places: false,
  since: null,
  places: null,
}

export function paper(answers: Answers = {}, language: 'zh' | 'en' = 'zh') {
  const fake = fakeBackend({
    'sheet.list': { sheets: [entry] },
    'sheet.get': sheet(),
    'sheet.exports': { exports: [] },
    ...answers,
  })
  const frame = { backend: fake.backend, path: '/papers/waste', route: '/papers/:sheet(.+)', language }
  return { ...fake, frame }
}
