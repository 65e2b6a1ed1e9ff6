import { expect, it } from 'vitest'
import type { Stage } from '@/backend'
import { inspectionRow } from '@/shared/testing/rows'
import { toEntries } from './entries'

const row = (id: string, day: string, stage: Stage = 'submitted') =>
  inspectionRow({ id, business_date: day, stage })

it('shows what is open first and once, then the others under their days', () => {
  const open = [row('o', '2026-11-23', 'open')]
  const entries = toEntries(open, [
    open[0]!,
    row('a', '2026-11-23'),
    row('b', '2026-11-22'),
    row('c', '2026-11-22'),
  ])
  expect(entries.map((entry) => (entry.kind === 'head' ? (entry.day ?? 'open') : entry.row.id))).toEqual([
    'open',
    'o',
    '2026-11-23',
    'a',
    '2026-11-22',
    'b',
    'c',
  ])
  expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length)
})

it('has nothing to show of nothing', () => expect(toEntries([], [])).toEqual([]))
