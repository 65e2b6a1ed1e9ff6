import { describe, expect, it } from 'vitest'
import { fieldOf, rowOf } from '../testing'
import { gridOf } from './columns'
import { itemsOf, toLines } from './entries'
import { blankFilter, questionOf } from './filter'
import { allRows } from './print'

describe('the list', () => {
  it('has what is open at its top, and there alone', () => {
    const [a, b, c] = [rowOf('a', { open: true }), rowOf('b'), rowOf('c', { day: '2026-11-28' })]
    const lines = toLines([a], [b, a, c])
    expect(
      lines.map((line) => (line.kind === 'row' ? line.row.id : line.kind === 'head' && line.day)),
    ).toEqual([null, 'a', '2026-11-29', 'b', '2026-11-28', 'c'])
  })

  it('says where rows stand that only a newer app can read', () => {
    const items = itemsOf({ rows: [rowOf('a')], newer: 2, next: null })
    expect(toLines([], items).at(-1)).toMatchObject({ kind: 'newer', n: 2 })
  })

  it('asks only for what it is cut by', () => {
    expect(questionOf('duty_shift', blankFilter(), '2026-11-29')).toEqual({ kind: 'duty_shift' })
    const filter = { ...blankFilter(), period: 'today' as const, stage: 'on', text: ' 停电 ' }
    expect(questionOf('duty_shift', filter, '2026-11-29')).toEqual({
      kind: 'duty_shift',
      from: '2026-11-29',
      to: '2026-11-29',
      stage: 'on',
      text: '停电',
    })
  })

  it('stands in columns only where each has room', () => {
    const plain = () => '记录'
    const few = gridOf([fieldOf('at', 'INSTANT'), fieldOf('name', 'TXT')], plain)
    expect(few.columns).toBe('6.5rem minmax(8rem, 1fr) 11rem')
    const many = gridOf(
      Array.from({ length: 9 }, () => fieldOf('x', 'TXT')),
      plain,
    )
    expect(many.least).toBeGreaterThan(few.least * 2)
  })

  it('gives the head of each column room for its longest word', () => {
    expect(gridOf([fieldOf('c', 'TEMP')], () => 'Temperature').columns).toBe('minmax(5.5rem, 1fr) 11rem')
    expect(gridOf([fieldOf('c', 'TEMP')], () => '温度').columns).toBe('minmax(4.5rem, 1fr) 11rem')
  })

  it('is printed page by page, and says where it stops', async () => {
    const asked: unknown[] = []
    const backend = {
      call: async (_name: string, args: { after?: string | null }) => {
        asked.push(args.after)
        const rows = Array.from({ length: 1_000 }, (_, at) => rowOf(`${args.after ?? ''}${at}`))
        return { rows, newer: 1, next: `${args.after ?? ''}x` }
      },
    }
    const printed = await allRows(backend as never, { kind: 'duty_shift' })
    expect(asked).toEqual([null, 'x'])
    expect(printed).toMatchObject({ newer: 2, isCut: true })
    expect(printed.rows).toHaveLength(2_000)
  })
})
