import { expect, it } from 'vitest'
import { entriesIn, officeEntries, tabletEntries } from './navigation'

const sections = (entries: typeof officeEntries, room: 'phone' | 'tablet' | 'rail') =>
  entriesIn(entries, room, () => true).map(({ section }) => section)

it('has no more entries in a bar than stand side by side, and all of them in a rail', () => {
  for (const entries of [officeEntries, tabletEntries]) {
    expect(sections(entries, 'phone').length).toBeLessThanOrEqual(5)
    expect(sections(entries, 'tablet').length).toBeLessThanOrEqual(8)
    expect(sections(entries, 'rail')).toHaveLength(entries.length)
    for (const room of ['phone', 'tablet', 'rail'] as const) expect(sections(entries, room)).toContain('more')
  }
})

it('keeps the door and the gate in the bar of a phone and of an upright tablet, for whom they are the work', () => {
  const of = (room: 'phone' | 'tablet', ...mine: string[]) =>
    entriesIn(tabletEntries, room, (permission) => mine.includes(permission)).map(({ section }) => section)
  expect(of('phone', 'hand_over_children')).toEqual(['today', 'handover', 'inspections', 'findings', 'more'])
  expect(of('phone', 'register_visitors', 'patrol')).toEqual([
    'today',
    'gate',
    'inspections',
    'findings',
    'more',
  ])
  expect(of('tablet', 'register_visitors', 'patrol')).toContain('gate')
  expect(of('phone')).toEqual(['today', 'inspections', 'registers', 'findings', 'more'])
})

it('shows an entry to nobody who may not open it', () => {
  const shown = entriesIn(officeEntries, 'rail', () => false).map(({ section }) => section)
  expect(shown).not.toContain('patrol')
  expect(shown).toContain('board')
})
