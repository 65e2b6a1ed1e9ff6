/** The equipment that registers ask about: what there is, and in which order it stands. */
import type { AssetRow } from '@/backend'

/** What a thing can be by its stored word, each with the name of its text. */
export const CATEGORIES = { 冷藏冷冻: 'fridge', 紫外线灯: 'lamp', 其他: 'other' } as const

/** What is in use first, then by name. */
export function inOrder(
  assets: readonly AssetRow[],
  compare: (one: string, other: string) => number,
): readonly AssetRow[] {
  return [...assets].sort(
    (one, other) => Number(other.active) - Number(one.active) || compare(one.name ?? '', other.name ?? ''),
  )
}
