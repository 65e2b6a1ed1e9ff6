/** Values as a person may see them: whole, masked, or gone. */
import type { Phrase } from '../types'

export type Veil = { masked: string; shown: string } | { gone: string }

/** What stands in the way of a value; null where the person sees it whole. */
export function veilOf(value: unknown): Veil | null {
  if (value === null || typeof value !== 'object') return null
  const veil = value as Record<string, unknown>
  if (typeof veil.gone === 'string') return { gone: veil.gone }
  if (typeof veil.masked === 'string') return { masked: veil.masked, shown: String(veil.shown ?? '') }
  return null
}

/** The words of a value in a list: a moment and a day without their year, where it is this one. */
export function brief(words: string, year: string): string {
  return words.startsWith(`${year}-`) ? words.slice(year.length + 1) : words
}

/** A title without the day that stands above it already; what is left of it, or all where nothing is. */
export function withoutDay(title: string, day: string): string {
  if (!day || !title.startsWith(day)) return title
  return title.slice(day.length).replace(/^[\s·・]+/, '') || title
}

export const wordsOf = (words: Phrase | null | undefined, language: string): string =>
  (language === 'en' && words?.en) || words?.zh || ''
