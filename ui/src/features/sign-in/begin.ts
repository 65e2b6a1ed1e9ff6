/** The rules of the first log-in, before the server sees anything. */

/** What the form holds. */
export interface BeginForm {
  campusName: string
  campusKind: string
  personName: string
  password: string
  again: string
}

/** Which parts the form asks; what is there already is not asked again. */
export interface BeginNeeds {
  campus: boolean
}

export type BeginField = keyof BeginForm
/** Codes of what is wrong; the page has a sentence for each. */
export type BeginProblem = 'missing' | 'too_short' | 'too_long' | 'is_name' | 'too_plain' | 'differs'

/** Characters that a password needs, and may have at most. */
export const PASSWORD_LENGTH = { min: 8, max: 200 }

/** What is wrong with a new password. */
export function passwordProblem(password: string, account: string): BeginProblem | null {
  const length = [...password].length
  if (length === 0) return 'missing'
  if (length < PASSWORD_LENGTH.min) return 'too_short'
  if (length > PASSWORD_LENGTH.max) return 'too_long'
  const plain = password.toLowerCase()
  if ([...account].length > 2 && plain.includes(account.toLowerCase())) return 'is_name'
  return new Set(password).size === 1 ? 'too_plain' : null
}

/** What is wrong with a new password that is typed twice. */
export function twiceProblems(
  form: Pick<BeginForm, 'password' | 'again'>,
  account: string,
): Partial<Record<'password' | 'again', BeginProblem>> {
  const password = passwordProblem(form.password, account)
  if (password) return { password }
  if (form.again === form.password) return {}
  return { again: form.again === '' ? 'missing' : 'differs' }
}

/** What is wrong, by field, in the order of the form; empty when all is well. */
export function beginProblems(
  form: BeginForm,
  needs: BeginNeeds,
  account: string,
): Partial<Record<BeginField, BeginProblem>> {
  const problems: Partial<Record<BeginField, BeginProblem>> = {}
  const need = (field: BeginField, asked: boolean) => {
    const length = [...form[field].trim()].length
    if (asked && length === 0) problems[field] = 'missing'
    else if (asked && length > 100) problems[field] = 'too_long'
  }
  need('campusName', needs.campus)
  need('campusKind', needs.campus)
  need('personName', true)
  return { ...problems, ...twiceProblems(form, account) }
}
