/** Readings of thermometers as curves. */
import type { EntryRow, SettingRow, SettingValue } from '@/backend'
import { isOutside, type Limits, type Point } from './chart'

const NONE: Limits = { min: null, max: null }

const numberOf = (text: string | null | undefined): number | null =>
  text == null || text === '' || !Number.isFinite(Number(text)) ? null : Number(text)

/** The limits that a setting gives; `side` says which one a single number is. */
function limitsOf(value: SettingValue | undefined, side: 'min' | 'max'): Limits {
  if (typeof value === 'string') return { ...NONE, [side]: numberOf(value) }
  if (value && typeof value === 'object' && 'min' in value && 'max' in value)
    return { min: numberOf(value.min as string | null), max: numberOf(value.max as string | null) }
  return NONE
}

/** The setting that holds for what was measured, and on which side it lies. */
const RULES: Readonly<Record<string, readonly [key: string, side: 'min' | 'max']>> = {
  冷藏: ['cold.c', 'max'],
  冷冻: ['freeze.c', 'max'],
  中心温度: ['food.core_c', 'min'],
}

export function limitsFor(what: string, settings: readonly SettingRow[]): Limits {
  const rule = RULES[what]
  return rule ? limitsOf(settings.find(({ key }) => key === rule[0])?.value, rule[1]) : NONE
}

export interface Curve {
  key: string
  /** The fridge; empty for the dishes, which share one. */
  name: string
  what: string
  limits: Limits
  points: Point[]
}

interface Words {
  /** What a point says that lies outside. */
  label: (value: string, at: number, dish: string) => string
  fridge: (row: EntryRow) => string
}

/** One curve for each fridge, or one for all dishes; readings that were made void are no readings. */
export function curvesOf(
  rows: readonly EntryRow[],
  settings: readonly SettingRow[],
  isOfDishes: boolean,
  words: Words,
): Curve[] {
  const curves = new Map<string, Curve>()
  for (const row of rows) {
    const { what, c, at, equipment, dish } = row.fields
    const value = typeof c === 'string' ? numberOf(c) : null
    if (row.void || value === null || typeof at !== 'number' || typeof what !== 'string') continue
    if (isOfDishes ? what !== '中心温度' : what !== '冷藏' && what !== '冷冻') continue
    const key = isOfDishes ? what : `${what} ${String(equipment ?? '')}`
    const limits = limitsFor(what, settings)
    const curve = curves.get(key) ?? {
      key,
      name: isOfDishes ? '' : words.fridge(row),
      what,
      limits,
      points: [],
    }
    const label = words.label(String(c), at, typeof dish === 'string' ? dish : '')
    curve.points.push({ id: row.id, at, value, label, isOut: isOutside(value, limits) })
    curves.set(key, curve)
  }
  const all = [...curves.values()]
  for (const { points } of all) points.sort((a, b) => a.at - b.at)
  // Where something is wrong comes first.
  return all.sort(
    (a, b) =>
      Number(b.points.some(({ isOut }) => isOut)) - Number(a.points.some(({ isOut }) => isOut)) ||
      a.key.localeCompare(b.key),
  )
}
