/** Settings as a page shows them, and what a form of one gives back. */
import type { DisinfectionMethods, SettingRow, SettingValue } from '@/backend'
import { givenMethods, limitWords, methodsOf, type MethodDraft } from './methods'

/** How a setting is typed; none for what nobody types here, such as a switch. */
export type Typed = 'number' | 'range' | 'list' | 'methods'

/** What stands in the form of a setting. */
export interface SettingDraft {
  /** A number, the lower end of a range, or a list with a line for each. */
  value: string
  /** The upper end of a range. */
  upper: string
  /** The ways of the table of disinfection. */
  methods: MethodDraft[]
  from: string
  to: string
  source: string
  region: string
}

export function typedOf({ shape }: Pick<SettingRow, 'shape'>): Typed | null {
  if (shape === 'methods') return 'methods'
  if (typeof shape !== 'object') return null
  if ('number' in shape) return 'number'
  if ('range' in shape) return 'range'
  return 'list' in shape ? 'list' : null
}

/** The limit of a number: which side of it is free, and the number itself; null where none binds it. */
export function limitOf({
  shape,
}: Pick<SettingRow, 'shape'>): { side: 'least' | 'most'; limit: string } | null {
  if (typeof shape !== 'object' || !('number' in shape)) return null
  const { floor } = shape.number
  if (typeof floor !== 'object') return null
  return 'at_least' in floor
    ? { side: 'least', limit: floor.at_least }
    : { side: 'most', limit: floor.at_most }
}

const isRange = (value: SettingValue): value is { min: string | null; max: string | null } =>
  typeof value === 'object' && !Array.isArray(value) && ('min' in value || 'max' in value)

export const isMethods = (value: SettingValue): value is DisinfectionMethods =>
  typeof value === 'object' && 'tableware' in value

/** A value in words; of the table of disinfection each way with its limits. */
export function valueWords(
  value: SettingValue,
  unit: string,
  words: { on: string; off: string; comma: string; way: (way: string) => string },
): string {
  const withUnit = (text: string) => (unit ? `${text} ${unit}` : text)
  if (typeof value === 'boolean') return value ? words.on : words.off
  if (typeof value === 'string') return withUnit(value)
  if (Array.isArray(value)) return value.join(words.comma)
  if (isRange(value)) return withUnit(`${value.min ?? ''}–${value.max ?? ''}`)
  if (!isMethods(value)) return ''
  const ways = methodsOf(value).map((draft) =>
    [words.way(draft.way), limitWords(draft)].filter(Boolean).join(' '),
  )
  return ways.filter((way, at) => ways.indexOf(way) === at).join(words.comma)
}

/** What a form of a setting begins with: the value that holds, from the given day on. */
export function draftOf(setting: SettingRow, day: string): SettingDraft {
  const { value } = setting
  const draft = { value: '', upper: '', methods: [], from: day, to: '', source: '', region: '' }
  if (isMethods(value)) return { ...draft, methods: methodsOf(value) }
  if (Array.isArray(value)) return { ...draft, value: value.join('\n') }
  if (typeof value === 'object' && isRange(value))
    return { ...draft, value: value.min ?? '', upper: value.max ?? '' }
  return { ...draft, value: typeof value === 'string' ? value : '' }
}

/** The value to be saved. */
export function givenValue(
  { shape, default: rule }: Pick<SettingRow, 'shape' | 'default'>,
  draft: SettingDraft,
): string | string[] | { min: string; max: string } | DisinfectionMethods {
  const typed = typedOf({ shape })
  if (typed === 'methods' && isMethods(rule)) return givenMethods(draft.methods, rule)
  if (typed === 'range') return { min: draft.value.trim(), max: draft.upper.trim() }
  if (typed !== 'list') return draft.value.trim()
  return draft.value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The settings whose words hold what was typed. */
export function found(settings: readonly SettingRow[], typed: string): readonly SettingRow[] {
  const word = typed.trim().toLowerCase()
  if (!word) return settings
  return settings.filter(({ key, zh, en, rule, rule_en }) =>
    [key, zh, en, rule, rule_en].some((text) => text.toLowerCase().includes(word)),
  )
}
