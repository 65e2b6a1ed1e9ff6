/** All rows of a list, for paper. */
import type { Answer, Arguments, Backend } from '@/backend'
import type { Row } from '../types'

/** More rows than this are not printed at once; the paper says so. */
const MOST = 2_000
const PAGE = 1_000

export interface Printed {
  rows: readonly Row[]
  /** How many more only a newer app can read. */
  newer: number
  /** Whether there are more than these. */
  isCut: boolean
}

export async function allRows(
  backend: Backend,
  question: Omit<Arguments<'entry.list'>, 'after' | 'limit'>,
): Promise<Printed> {
  const rows: Row[] = []
  let newer = 0
  let after: string | null = null
  do {
    const page: Answer<'entry.list'> = await backend.call('entry.list', {
      ...question,
      after,
      limit: PAGE,
    })
    rows.push(...page.rows)
    newer += page.newer
    after = page.next
  } while (after !== null && rows.length < MOST)
  return { rows, newer, isCut: after !== null }
}
