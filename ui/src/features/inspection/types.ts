/** The shapes that these screens work with: what the commands give, by the names that a form uses, and what is typed. */
import type { CommandError, ItemView } from '@/backend'

export type {
  AssetLineValue as AssetLine,
  ConflictValue,
  CorrectionView as Correction,
  Filled,
  FormView as Form,
  GapKind as Need,
  InspectionRow as Head,
  LimitsView as Limits,
  PersonRef as Person,
  ReadingValue as Reading,
  SignatureValue as Signature,
  Strokes,
} from '@/backend'

/** An item as it is shown: what is being typed stands in it, and need not be an answer yet. */
export interface Item extends Omit<ItemView, 'result'> {
  result: unknown
}

/** What was entered for an item and is not stored yet. */
export interface Draft {
  result?: unknown
  note?: string
}

/** Where the last save of an item failed. */
export interface Trouble {
  part: 'result' | 'note' | 'photo' | 'rest'
  error: CommandError
}
