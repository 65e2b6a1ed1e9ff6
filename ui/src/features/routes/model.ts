/** What stands in the forms of a route, and what is wrong with it. */
import type { Answer } from '@/backend'

export type RouteView = Answer<'route.get'>
export type RouteRow = RouteView['route']
export type RouteWindow = RouteRow['windows'][number]
export type RoutePoint = RouteView['points'][number]
export type Tag = RoutePoint['tags'][number]
export type OfferedItem = Answer<'route.items'>['items'][number]
export type Label = Answer<'tag.labels'>['labels'][number]

/** What is wrong with a name that is needed. */
export function nameProblem(name: string): 'missing' | 'too_long' | null {
  const length = [...name.trim()].length
  if (length === 0) return 'missing'
  return length > 100 ? 'too_long' : null
}

/** What is wrong with the times of a window. */
export function timeProblem(from: string, to: string): 'missing' | 'same' | null {
  const isTime = (time: string) => /^([01]?\d|2[0-3]):[0-5]\d$/.test(time)
  if (!isTime(from) || !isTime(to)) return 'missing'
  return from === to ? 'same' : null
}

/** Whether a window runs over midnight. */
export const isOverMidnight = ({ from, to }: { from: string; to: string }) => to <= from

/** The seconds that were typed; null for what is none. */
export function secondsOf(text: string): number | null {
  const seconds = Number(text.trim())
  return /^\d{1,4}$/.test(text.trim()) && seconds <= 3_600 ? seconds : null
}

/** How many items are shown of those that are found. */
export const MOST_ITEMS = 30

/** The items in which every word that was typed stands: in their code, their words or the name of their checklist. */
export function matchingItems(items: readonly OfferedItem[], typed: string): OfferedItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  return items.filter((item) => {
    const text = [item.code, item.text, item.text_en, item.checklist, item.checklist_en]
      .join(' ')
      .toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** The labels of each sheet of 24. */
export function sheetsOf<T>(labels: readonly T[]): T[][] {
  const sheets: T[][] = []
  for (let at = 0; at < labels.length; at += 24) sheets.push(labels.slice(at, at + 24))
  return sheets
}

/** The spelling by which a tag is told: the text of a label, else the first. */
export const codeOf = ({ label, spellings }: Tag) =>
  (label === null ? undefined : spellings.find((spelling) => spelling.startsWith('RP'))) ?? spellings[0] ?? ''
