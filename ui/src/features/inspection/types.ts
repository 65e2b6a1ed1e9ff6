/** The shapes that these screens work with: what the commands give, by the names that a form uses, and what is typed. */
import type { AnswerValue, CommandError, InspectionRow } from '@/backend'

export type {
  AssetLineValue as AssetLine,
  CorrectionView as Correction,
  FormChange,
  FormView as Form,
  GapKind as Need,
  ItemView as Item,
  LimitsView as Limits,
  PersonRef as Person,
  ReadingValue as Reading,
  SignatureValue as Signature,
  Strokes,
} from '@/backend'

/** What a list and a form have in common. */
export type Head = Omit<InspectionRow, 'digest'>

/** What was entered for an item and is not stored yet; a reading stands in it as it was typed, and need not be a number. */
export interface Draft {
  result?: AnswerValue | null
  note?: string
}

/** Where the last save of an item failed. */
export interface Trouble {
  part: 'result' | 'note' | 'photo' | 'rest'
  error: CommandError
}
