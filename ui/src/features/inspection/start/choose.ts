/** Which checklists a person sees first, and how they are found. */
import type { Role, TemplateHead } from '@/backend'
import { fold } from '@/shared/format/text'

/** What the choice looks at of a checklist's head. */
export type Choosable = Pick<
  TemplateHead,
  'template' | 'code' | 'title' | 'title_en' | 'performers' | 'is_daily' | 'subject'
>

/** Where people are when they fill a checklist in, by what one of its forms is about. */
const PLACES = {
  kitchen: ['canteen', 'meal', 'batch', 'delivery_line', 'store', 'person'],
  classes: ['class', 'class_snack', 'room', 'asset_line'],
  grounds: ['gate', 'checkpoint', 'equipment', 'zone', 'building', 'campus'],
} as const
type Place = keyof typeof PLACES | 'elsewhere'

function placeOf(subject: string): Place {
  const found = Object.entries(PLACES).find(([, subjects]) =>
    (subjects as readonly string[]).includes(subject),
  )
  return (found?.[0] as Place | undefined) ?? 'elsewhere'
}

/** A heading of the list, and what stands under it. */
export interface Group<T> {
  key: 'for_you' | 'also_yours' | 'daily' | Place
  rows: T[]
}

/** The person's own, daily ones first; then what others do daily, then the rest by place. */
export function group<T extends Choosable>(templates: readonly T[], roles: readonly Role[]): Group<T>[] {
  const isOwn = ({ performers }: T) => performers.some((role) => roles.includes(role))
  const isDaily = ({ is_daily }: T) => is_daily
  const own = templates.filter(isOwn)
  const others = templates.filter((template) => !isOwn(template))
  const at = (place: Place) =>
    others.filter((template) => !isDaily(template) && placeOf(template.subject) === place)
  const groups: Group<T>[] = [
    { key: 'for_you', rows: own.filter(isDaily) },
    { key: 'also_yours', rows: own.filter((template) => !isDaily(template)) },
    { key: 'daily', rows: others.filter(isDaily) },
    ...([...Object.keys(PLACES), 'elsewhere'] as Place[]).map((key) => ({ key, rows: at(key) })),
  ]
  return groups.filter(({ rows }) => rows.length > 0)
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
