/** The rules of the accounts' forms, apart from any screen. */
import type { Answer, Role } from '@/backend'
import type { Session } from '@/shared/state/session'

/** The roles that an account of the office can have: those who decide there. */
export const ACCOUNT_ROLES: readonly Role[] = ['head', 'logi', 'fso', 'medic', 'fin', 'admin']

export type Account = Answer<'account.list'>['accounts'][number]

/** Why an account cannot be removed: somebody else has to remove one's own, and the last administrator stays. */
export function whyKept(
  account: Pick<Account, 'name' | 'roles'>,
  all: readonly Pick<Account, 'name' | 'roles'>[],
  me: string,
): 'own' | 'last_administrator' | null {
  if (account.name === me) return 'own'
  const administrators = all.filter(({ roles }) => roles.includes('admin'))
  return administrators.length === 1 && administrators[0]?.name === account.name ? 'last_administrator' : null
}

export type NameProblem = 'missing' | 'too_long' | 'has_space'

/** What is wrong with the name of an account: 1 to 64 characters, neither white space nor commas. */
export function accountNameProblem(name: string): NameProblem | null {
  const typed = name.trim()
  if (typed === '') return 'missing'
  if ([...typed].length > 64) return 'too_long'
  return /[\s,\p{Cc}]/u.test(typed) ? 'has_space' : null
}

export type PasswordProblem = 'missing' | 'too_short' | 'too_long' | 'same' | 'differs'

/** Characters that a password needs, and may have at most. */
export const PASSWORD_LENGTH = { min: 8, max: 200 }

/** What is wrong with a change of one's own password, by field. */
export function passwordProblems(form: { old: string; fresh: string; again: string }) {
  const problems: Partial<Record<'old' | 'fresh' | 'again', PasswordProblem>> = {}
  const length = [...form.fresh].length
  if (form.old === '') problems.old = 'missing'
  if (length === 0) problems.fresh = 'missing'
  else if (length < PASSWORD_LENGTH.min) problems.fresh = 'too_short'
  else if (length > PASSWORD_LENGTH.max) problems.fresh = 'too_long'
  else if (form.fresh === form.old) problems.fresh = 'same'
  else if (form.again === '') problems.again = 'missing'
  else if (form.again !== form.fresh) problems.again = 'differs'
  return problems
}

/** Whether accounts and tablets are this one's to keep: they are the server's own affairs, so the account's roles decide. */
export const isAdministrator = (session: Pick<Session, 'door'>) =>
  session.door.value?.account?.roles.includes('admin') === true
