/** The shapes of the commands under the names that the pages of papers use. */
import type { Answer } from '@/backend'

export type SheetEntry = Answer<'sheet.list'>['sheets'][number]
export type SheetExport = Answer<'sheet.exports'>['exports'][number]
export type Sheet = Answer<'sheet.get'>
export type Signing = NonNullable<Sheet['signing']>
export type Gap = Sheet['gaps'][number]
export type Column = Sheet['columns'][number]
