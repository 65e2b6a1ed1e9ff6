/** How wide the columns of a list stand. */
import type { Field } from '../types'

/** The least width of a column by type, in letters of the page, and how it grows. */
function widthOf(type: string): { least: number; grows: boolean } {
  switch (type) {
    case 'COUNT':
    case 'LAST4':
    case 'NUM':
    case 'TEMP':
    case 'TIME':
    case 'YES':
      return { least: 4.5, grows: false }
    case 'CH':
    case 'DATE':
    case 'INSTANT':
    case 'MONEY':
    case 'PHONE':
      return { least: 6.5, grows: false }
    default:
      return { least: 8, grows: true }
  }
}
/** Room for the stage and its marks, and between two columns. */
const STAGE = 11
const GAP = 0.75

/** How wide one Latin letter of a head is, in rem; Chinese may break anywhere. */
const LETTER = 0.5

/** The room that the longest word of a head takes, in rem. */
const wordOf = (head: string) =>
  Math.max(...head.split(/[\s-]/).map((word) => (/^[a-z]+$/i.test(word) ? word.length * LETTER : 0)))

/**
 * The columns of the grid, the stage last, and the least width in which they stand side by side, in rem.
 *
 * No column is narrower than the longest word of its head.
 */
export function gridOf(
  fields: readonly Field[],
  headOf: (field: Field) => string,
): { columns: string; least: number } {
  const widths = fields.map((field) => {
    const { least, grows } = widthOf(field.type)
    return { least: Math.max(least, wordOf(headOf(field))), grows }
  })
  const grows = widths.some((width) => width.grows)
  const columns = widths.map(({ least, grows: own }) =>
    own || !grows ? `minmax(${least}rem, 1fr)` : `${least}rem`,
  )
  const least = widths.reduce((sum, width) => sum + width.least + GAP, STAGE)
  return { columns: [...columns, `${STAGE}rem`].join(' '), least: least + 4 }
}
