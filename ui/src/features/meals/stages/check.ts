/** What a check of the kitchen's people asks, by the fields of its register. */
import type { MealPerson } from '@/backend'

/** What somebody may complain of; the first four are asked of everybody. */
export const SYMPTOMS = ['diarrhoea', 'vomit', 'wound', 'throat', 'fever', 'jaundice'] as const
export const ASKED: readonly string[] = SYMPTOMS.slice(0, 4)

/** Why somebody is not there: the stored words, with the names of their texts. */
export const AWAY = [
  { value: '请假', text: 'leave' },
  { value: '休息', text: 'off' },
  { value: '缺勤', text: 'absent' },
] as const
export type Away = (typeof AWAY)[number]['value']

/** One person in one session. */
export const keyOfPerson = ({ person, helper, session }: MealPerson): string =>
  `${person?.id ?? helper ?? ''} ${session}`
