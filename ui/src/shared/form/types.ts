/** The shapes that a form works with: what the commands give, by the names that a form uses, and what is typed. */
import type { AnswerValue, CommandError } from '@/backend'

export type {
  AssetLineValue as AssetLine,
  FormChange,
  GapKind as Need,
  ItemView as Item,
  LimitsView as Limits,
  PersonRef as Person,
  ReadingValue as Reading,
  SignatureValue as Signature,
  Strokes,
} from '@/backend'

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
