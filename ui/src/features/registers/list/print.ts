/** All rows of a list, for paper. */
import type { Arguments, Backend } from '@/backend'
import type { Row } from '../types'

/** More rows than this are not printed at once; the paper says so. */
const MOST = 2_000
const PAGE = 1_000

export async function allRows(
  backend: Backend,
  question: Omit<Arguments<'entry.list'>, 'after' | 'limit'>,
): Promise<{ rows: readonly Row[]; isCut: boolean }> {
  const rows: Row[] = []
  let after: string | null = null
  do {
    const page: { rows: Row[]; next?: string | null } = await backend.call('entry.list', {
      ...question,
      after,
      limit: PAGE,
    })
    rows.push(...page.rows)
    after = page.next ?? null
  } while (after !== null && rows.length < MOST)
  return { rows, isCut: after !== null }
}
