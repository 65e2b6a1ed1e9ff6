import { describe, expect, it } from 'vitest'
import { daysProblem, grantState, matches, personProblems, standing, type Grant } from './people'

const grant = (role: Grant['role'], valid_from: string | null, valid_to: string | null): Grant => ({
  id: role,
  role,
  valid_from,
  valid_to,
  campus: null,
  places: [],
  holds: true,
  version: '1',
})
const TODAY = '2026-11-26'

describe('the form of a person', () => {
  it('asks for a name and a role', () => {
    expect(personProblems({ name: ' ', roles: [] })).toEqual({ name: 'missing', roles: 'missing' })
    expect(personProblems({ name: '张桂花', roles: ['cook'] })).toEqual({})
  })

  it('counts characters, not bytes', () => {
    expect(personProblems({ name: '𠮷'.repeat(100), roles: [1] })).toEqual({})
    expect(personProblems({ name: '字'.repeat(101), roles: [1] })).toEqual({ name: 'too_long' })
  })

  it.each([
    ['138 0013 8000', true],
    ['＋86', false],
    ['＋86（010）6512 0000', true],
    ['１３８００１３８０００', true],
    ['abc', false],
  ])('takes %s as a phone number: %s', (phone, isGood) => {
    expect(personProblems({ name: '一', roles: [1], phone }).phone === undefined).toBe(isGood)
  })
})

describe('the time of a role', () => {
  it('is now, later or over, both days included', () => {
    expect(grantState(grant('cook', TODAY, TODAY), TODAY)).toBe('now')
    expect(grantState(grant('cook', '2026-11-27', null), TODAY)).toBe('later')
    expect(grantState(grant('cook', null, '2026-11-25'), TODAY)).toBe('over')
  })

  it('lists what holds before what will hold, and leaves out what is over', () => {
    const all = [
      grant('head', '2026-12-01', null),
      grant('guard', null, '2026-01-01'),
      grant('logi', null, null),
    ]
    expect(standing(all, TODAY).map(({ role }) => role)).toEqual(['logi', 'head'])
  })

  it('does not end before it starts', () => {
    expect(daysProblem('2026-11-02', '2026-11-01')).toBe('ends_before_start')
    expect(daysProblem('2026-11-01', '2026-11-01')).toBeNull()
    expect(daysProblem('', '2026-11-01')).toBeNull()
  })
})

it('a name is found by any part of it', () => {
  expect(matches('张桂花', '桂')).toBe(true)
  expect(matches('Li Min', 'min ')).toBe(true)
  expect(matches(null, '桂')).toBe(false)
})
