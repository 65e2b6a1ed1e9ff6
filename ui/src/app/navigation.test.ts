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

it('shows an entry to nobody who may not open it', () => {
  const shown = entriesIn(officeEntries, 'rail', () => false).map(({ section }) => section)
  expect(shown).not.toContain('patrol')
  expect(shown).toContain('board')
})
