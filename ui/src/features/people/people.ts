/** The rules of the people's forms, apart from any screen. */
import type { GrantView as Grant, Role } from '@/backend'
import { fold, halfWidth } from '@/shared/format/text'

/** The roles that a person can be given, in the order in which a form offers them. */
export const ROLES: readonly Role[] = [
  'head',
  'logi',
  'fso',
  'medic',
  'cook',
  'keeper',
  'buyer',
  'carer',
  'teacher',
  'guard',
  'duty',
  'dorm',
  'fixer',
  'staff',
  'fin',
  'admin',
]

export type { Grant }

/** Where a grant stands on a day. */
export type GrantState = 'now' | 'later' | 'over'

export function grantState(grant: Grant, today: string): GrantState {
  if (grant.valid_to && grant.valid_to < today) return 'over'
  return grant.valid_from && grant.valid_from > today ? 'later' : 'now'
}

/** Those that hold or will hold, the ones that hold first; what is over is left out. */
export function standing(grants: readonly Grant[], today: string): Grant[] {
  const rank = (grant: Grant) => (grantState(grant, today) === 'now' ? 0 : 1)
  return grants
    .filter((grant) => grantState(grant, today) !== 'over')
    .sort((one, other) => rank(one) - rank(other) || one.role.localeCompare(other.role))
}

/** What is wrong with a form of a new person, by field. */
export function personProblems(form: { name: string; roles: readonly unknown[]; phone?: string }) {
  const problems: Partial<Record<'name' | 'roles' | 'phone', 'missing' | 'too_long' | 'not_a_number'>> = {}
  const length = [...form.name.trim()].length
  if (length === 0) problems.name = 'missing'
  else if (length > 100) problems.name = 'too_long'
  if (form.roles.length === 0) problems.roles = 'missing'
  if (form.phone && !/^\+?[\d ()-]{3,29}$/.test(halfWidth(form.phone).trim())) problems.phone = 'not_a_number'
  return problems
}

/** What is wrong with the days of a role. */
export function daysProblem(from: string, to: string): 'ends_before_start' | null {
  return from !== '' && to !== '' && to < from ? 'ends_before_start' : null
}

/** Whether a row answers what was typed: a part of the name. */
export const matches = (name: string | null | undefined, typed: string) =>
  fold(name ?? '').includes(fold(typed).trim())
