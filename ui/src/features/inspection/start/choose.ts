/** Which checklists a person sees first, and how they are found. */
import type { Role, TemplateHead } from '@/backend'
import { fold } from '@/shared/format/text'

/** What the choice looks at of a checklist's head. */
export type Choosable = Pick<
  TemplateHead,
  'template' | 'code' | 'title' | 'title_en' | 'performers' | 'is_daily'
>

export interface Groups<T> {
  daily: T[]
  also: T[]
  others: T[]
}

/** The person's own, daily ones first, then the rest. */
export function group<T extends Choosable>(templates: readonly T[], roles: readonly Role[]): Groups<T> {
  const isOwn = ({ performers }: T) => performers.some((role) => roles.includes(role))
  const own = templates.filter(isOwn)
  return {
    daily: own.filter(({ is_daily }) => is_daily),
    also: own.filter(({ is_daily }) => !is_daily),
    others: templates.filter((template) => !isOwn(template)),
  }
}

/** Those whose title or code holds what was typed; T1 finds T01. */
export function search<T extends Choosable>(templates: readonly T[], typed: string): T[] {
  const plain = fold(typed).trim()
  if (plain === '') return [...templates]
  const number = /^t?0*(\d+)$/.exec(plain)?.[1]
  return templates.filter(
    ({ code, title, title_en }) =>
      fold(title).includes(plain) ||
      fold(title_en).includes(plain) ||
      fold(code).startsWith(plain) ||
      (number !== undefined && Number(/\d+/.exec(code)?.[0]) === Number(number)),
  )
}
