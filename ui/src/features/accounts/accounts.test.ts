import { describe, expect, it } from 'vitest'
import type { Role } from '@/backend'
import { accountNameProblem, passwordProblems, whyKept } from './accounts'

describe('the name of an account', () => {
  it.each([
    ['', 'missing'],
    ['li min', 'has_space'],
    ['li,min', 'has_space'],
    ['李敏', null],
    ['x'.repeat(65), 'too_long'],
  ])('%j is %s', (name, problem) => {
    expect(accountNameProblem(name)).toBe(problem)
  })
})

describe('a password of one’s own', () => {
  const fresh = 'purple fern runs'

  it('takes a new one that is given twice', () => {
    expect(passwordProblems({ old: 'old password', fresh, again: fresh })).toEqual({})
  })

  it('is neither the old one nor short, and typed twice alike', () => {
    expect(passwordProblems({ old: fresh, fresh, again: fresh })).toEqual({ fresh: 'same' })
    expect(passwordProblems({ old: 'x', fresh: 'short', again: 'short' })).toEqual({ fresh: 'too_short' })
    expect(passwordProblems({ old: '', fresh, again: 'other' })).toEqual({ old: 'missing', again: 'differs' })
  })
})

describe('an account that is to be removed', () => {
  const account = (name: string, ...roles: Role[]) => ({ name, roles })
  const admin = account('admin', 'logi', 'admin')
  const limin = account('limin', 'fso')

  it('goes, unless it is one’s own', () => {
    expect(whyKept(limin, [admin, limin], 'admin')).toBeNull()
    expect(whyKept(admin, [admin, limin], 'admin')).toBe('own')
  })

  it('stays while nobody else looks after accounts', () => {
    expect(whyKept(admin, [admin, limin], 'limin')).toBe('last_administrator')
    expect(whyKept(admin, [admin, account('wu', 'admin')], 'wu')).toBeNull()
  })
})
