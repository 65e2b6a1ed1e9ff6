/** What a list says of a row: its columns in words, its marks, and what it is called. */
import { computed } from 'vue'
import type { Tone } from '@/backend'
import { useBilingual } from '@/shared/format/bilingual'
import { useTimeFormat } from '@/shared/format/time'
import { brief, veilOf, withoutDay, wordsOf } from '../model/shown'
import { useTexts } from '../texts'
import type { Field, Kind, Row } from '../types'

export interface Cell {
  name: string
  label: string
  text: string
  isVeiled: boolean
  /** How a time looks that comes nearer; null for what is none. */
  tone: Tone | null
}

export function useCells(kind: () => Kind) {
  const { t, locale } = useTexts()
  const say = useBilingual()
  const time = useTimeFormat()
  const year = time.toWall(Date.now()).slice(0, 4)

  const columns = computed<Field[]>(() =>
    kind().columns.flatMap((name) => kind().fields.find((field) => field.name === name) ?? []),
  )
  function textOf(field: Field, row: Row): string {
    const value = row.fields[field.name]
    const veil = veilOf(value)
    if (veil && 'gone' in veil) return t(veil.gone === 'keep' ? 'register.gone_keep' : 'register.gone_hold')
    if (veil && 'masked' in veil) return veil.shown || t('register.masked')
    if (field.type === 'INSTANT' && typeof value === 'number') {
      // The day stands above the row already.
      const wall = time.toWall(value)
      return wall.startsWith(row.day ?? '-') ? time.clock(value) : time.moment(value)
    }
    const words = wordsOf(row.words[field.name], locale.value).split('\n').join(t('shared.dot'))
    return field.type === 'DATE' ? brief(words, year) : words
  }
  return {
    columns,
    label: (field: Field) => say(field.label, field.label_en),
    cells: (row: Row): Cell[] =>
      columns.value.map((field) => ({
        name: field.name,
        label: say(field.label, field.label_en),
        text: textOf(field, row),
        isVeiled: veilOf(row.fields[field.name]) !== null,
        tone: row.tones?.[field.name] ?? null,
      })),
    stage: (row: Row) => say(row.stage_label ?? '', row.stage_label_en),
    title(row: Row, day: string | null) {
      const words = say(row.title, row.title_en)
      return day === null ? brief(words, year) : withoutDay(words, day)
    },
    /** What is to be known about a row before it is opened. */
    marks: (row: Row) =>
      [
        row.conflict && { key: 'conflict', text: t('register.mark_conflict') },
        row.overdue && row.open && { key: 'overdue', text: t('register.mark_overdue') },
        row.late && { key: 'late', text: t('register.mark_late') },
        row.corrected && { key: 'corrected', text: t('register.mark_corrected') },
      ].filter((mark) => mark !== false),
  }
}
