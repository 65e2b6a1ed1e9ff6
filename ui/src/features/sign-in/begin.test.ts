import { describe, expect, it } from 'vitest'
import { beginProblems, passwordProblem, twiceProblems, type BeginForm } from './begin'

const form = (changes: Partial<BeginForm> = {}): BeginForm => ({
  campusName: '中心幼儿园',
  campusKind: 'kindergarten',
  personName: '陈志强',
  password: '清晨的操场很安静呀真好',
  again: '清晨的操场很安静呀真好',
  ...changes,
})
const ALL = { campus: true }

describe('the first log-in', () => {
  it('takes a form that is filled in', () => {
    expect(beginProblems(form(), ALL, 'admin')).toEqual({})
  })

  it('names everything that is missing', () => {
    const empty = form({ campusName: ' ', campusKind: '', personName: '', password: '', again: '' })
    expect(beginProblems(empty, ALL, 'admin')).toEqual({
      campusName: 'missing',
      campusKind: 'missing',
      personName: 'missing',
      password: 'missing',
    })
  })

  it('does not ask for a campus where there is one', () => {
    const later = form({ campusName: '', campusKind: '' })
    expect(beginProblems(later, { campus: false }, 'admin')).toEqual({})
  })

  it('wants the same password twice', () => {
    expect(beginProblems(form({ again: 'x' }), ALL, 'admin')).toEqual({ again: 'differs' })
    expect(beginProblems(form({ again: '' }), ALL, 'admin')).toEqual({ again: 'missing' })
  })

  it('asks for nothing else where only the password is to be changed', () => {
    const password = 'purple fern runs'
    expect(twiceProblems({ password, again: password }, 'admin')).toEqual({})
    expect(twiceProblems({ password, again: '' }, 'admin')).toEqual({ again: 'missing' })
    expect(twiceProblems({ password: 'admin-2026', again: '' }, 'admin')).toEqual({ password: 'is_name' })
  })

  it.each([
    ['', 'missing'],
    ['short', 'too_short'],
    ['administrator1', 'is_name'],
    ['xxxxxxxxxx', 'too_plain'],
    ['x'.repeat(201), 'too_long'],
    ['purple fern runs', null],
  ])('says of the password %j: %s', (password, problem) => {
    expect(passwordProblem(password, 'administrator')).toBe(problem)
  })
})
