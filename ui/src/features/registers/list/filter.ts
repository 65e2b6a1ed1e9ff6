/** What a list of rows is cut to. */
import type { Arguments } from '@/backend'
import { daysOf, type Period } from '../model/period'

export interface Filter {
  period: Period
  from: string
  to: string
  stage: string
  about: string
  text: string
}

export const blankFilter = (): Filter => ({ period: 'all', from: '', to: '', stage: '', about: '', text: '' })

type Question = Omit<Arguments<'entry.list'>, 'after' | 'limit'>

/** What `entry.list` is asked; an empty part lets everything through. */
export function questionOf(kind: string, filter: Filter, today: string): Question {
  const { from, to } = daysOf(filter.period, today, filter)
  const text = filter.text.trim()
  return {
    kind,
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(filter.stage ? { stage: filter.stage } : {}),
    ...(filter.about ? { about: filter.about } : {}),
    ...(text ? { text } : {}),
  }
}
