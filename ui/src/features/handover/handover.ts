/** Children at the door, apart from any screen. */
import { CommandError } from '@/backend'
import type {
  HandoverAdult as Adult,
  HandoverAlarm as Alarm,
  HandoverChild as Child,
  HandoverList as List,
} from '@/backend'

export type { Adult, Alarm, Child, List }

/** What a day at the door rests on. */
export const DOOR_KINDS = [
  'child',
  'pickup_authorisation',
  'child_handover',
  'medicine_slip',
  'area',
  'setting',
]

/** Which part of a day at the door is looked at. */
export type View = 'not_seen' | 'here' | 'gone' | 'adults'

/** A child with the line of its list by which one adult fetches it. */
export interface Pair {
  child: Child
  adult: Adult
}

/** An adult as somebody at the door knows them: one person, whoever's children they fetch. */
export interface Fetcher {
  key: string
  adult: Adult
  /** Their children, each with its own line. */
  pairs: readonly Pair[]
}

/** Something that is asked about before it is recorded. */
export interface Question {
  code: string
  /** What the program says of it; empty where the page knew before it asked. */
  zh: string
  en: string
}

/** What a refusal asks about; nothing where it asks nothing. */
export function questionsOf(error: CommandError | null): readonly Question[] {
  if (error?.code !== 'confirm-value') return []
  const { warnings } = error.details
  const isQuestion = (one: unknown): one is Question =>
    typeof one === 'object' && one !== null && 'code' in one && 'zh' in one && 'en' in one
  return Array.isArray(warnings) ? warnings.filter(isQuestion) : []
}

/** Whether a call to a guardian is the answer to a question. */
export const isForACall = ({ code }: Pick<Question, 'code'>): boolean =>
  ['stale', 'unknown', 'other', 'alarm/unlisted'].includes(code)

/** Whether an adult may fetch the child now, as far as the list says. */
export const mayFetch = (adult: Adult): boolean => adult.stands === 'good' && !adult.used

/** What would alarm about handing these children over, before anything is pressed; `adult` is null for somebody off the list. */
export function foreseen(
  going: readonly { child: Child; adult: Adult | null }[],
  list: List,
): readonly string[] {
  const codes = going.flatMap(({ child, adult }) => [
    adult?.stands === 'forbidden' && 'alarm/forbidden',
    adult?.stands === 'revoked' && 'alarm/revoked',
    child.state === 'gone' && 'alarm/twice',
    adult?.used && 'alarm/once_used',
    (adult === null || !['good', 'forbidden', 'revoked'].includes(adult.stands)) && 'alarm/unlisted',
  ])
  const age = list.too_old && (list.age_min === null ? 'unknown' : 'stale')
  const isOther = going.some(({ adult }) => adult === null) && 'other'
  return [...new Set([...codes, age, isOther].filter((code) => typeof code === 'string'))]
}

/** The children of a class and a view, by number; of two of one name the number tells which. */
export function sorted(children: readonly Child[], chosen: string, view: Exclude<View, 'adults'>): Child[] {
  return children
    .filter((child) => child.state === view && (chosen === '' || child.class === chosen))
    .sort((one, other) => one.number.localeCompare(other.number))
}

/** The names that more than one of these children bears. */
export function twins(children: readonly Child[]): ReadonlySet<string> {
  const seen = new Set<string>()
  return new Set(children.flatMap(({ name }) => (seen.has(name) ? [name] : (seen.add(name), []))))
}

/** What is looked at first: the arrivals while most have not come, afterwards who is here. */
export function viewAtFirst(children: readonly Child[]): View {
  const n = (state: Child['state']) => children.filter((child) => child.state === state).length
  return n('not_seen') > n('here') + n('gone') ? 'not_seen' : 'here'
}

const RANKS = ['good', 'forbidden', 'not_yet', 'revoked', 'over', 'void']
const rank = ({ stands, used }: Adult) =>
  used ? RANKS.length : (RANKS.indexOf(stands) + RANKS.length) % RANKS.length

/** The adults of a child, those first who may fetch it; who must not stands before what is over. */
export const adultsOf = (child: Child): Adult[] =>
  [...child.adults].sort((one, other) => rank(one) - rank(other))

/** Who can be called about a child: who may fetch it and is no one-time line, the parents first. */
export function guardiansOf(child: Child): Adult[] {
  const isParent = ({ relation }: Adult) => Number(relation?.zh === '父亲' || relation?.zh === '母亲')
  return child.adults
    .filter((adult) => mayFetch(adult) && !adult.once)
    .sort((one, other) => isParent(other) - isParent(one))
}

/** The line of a child for an adult who is on the list of another one. */
const lineOf = (child: Child, adult: Adult, of: Child): Adult | undefined =>
  child.adults.find(
    (line) => line.siblings.includes(of.id) && line.name === adult.name && line.phone === adult.phone,
  )

/** The siblings whom an adult may take along: those who are here, each with its own line. */
export function siblingsOf(adult: Adult, of: Child, children: readonly Child[]): Pair[] {
  return children.flatMap((child) => {
    if (child.state !== 'here' || child.id === of.id || !adult.siblings.includes(child.id)) return []
    const line = lineOf(child, adult, of)
    return line && mayFetch(line) ? [{ child, adult: line }] : []
  })
}

/**
 * Everybody on the lists of these children, one person once: who has a child here to fetch comes first, then by name. Who must not fetch
 * a child stands there once for each.
 */
export function fetchersOf(children: readonly Child[]): Fetcher[] {
  const found = new Map<string, { adult: Adult; pairs: Pair[] }>()
  for (const child of children) {
    for (const adult of child.adults) {
      const key = mayFetch(adult) && adult.phone ? `${adult.name} ${adult.phone}` : adult.id
      const known = found.get(key) ?? { adult, pairs: [] }
      known.pairs.push({ child, adult })
      found.set(key, known)
    }
  }
  const waits = ({ pairs }: { pairs: Pair[] }) => Number(pairs.some(({ child }) => child.state === 'here'))
  return [...found]
    .map(([key, one]) => ({ key, ...one }))
    .sort((one, other) => waits(other) - waits(one) || one.adult.name.localeCompare(other.adult.name, 'zh'))
}
