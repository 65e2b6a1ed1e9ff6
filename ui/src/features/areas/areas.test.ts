import { describe, expect, it } from 'vitest'
import type { AreaRow } from '@/backend'
import { areaRow } from '@/shared/testing/rows'
import { areaProblem, possibleParents, tree } from './areas'

const area = (id: string, parent: string | null = null) => areaRow({ id, name: id, parent })
const compare = (one: string, other: string) => one.localeCompare(other)
const drawn = (areas: AreaRow[]) =>
  tree(areas, compare).map(({ area: { id }, depth }) => '-'.repeat(depth) + id)

describe('the tree of areas', () => {
  it('puts each area before its parts, by name', () => {
    expect(drawn([area('b2', 'b'), area('b'), area('a'), area('b1', 'b'), area('b11', 'b1')])).toEqual([
      'a',
      'b',
      '-b1',
      '--b11',
      '-b2',
    ])
  })

  it('keeps areas whose parent is unknown, or that are part of each other', () => {
    expect(drawn([area('x', 'gone'), area('y', 'z'), area('z', 'y'), area('s', 's')])).toEqual([
      's',
      'x',
      'y',
      '-z',
    ])
  })

  it('offers as a parent neither the area itself nor its parts', () => {
    const rows = tree([area('a'), area('b'), area('b1', 'b'), area('b11', 'b1'), area('c')], compare)
    expect(possibleParents(rows, 'b').map((row) => row.area.id)).toEqual(['a', 'c'])
    expect(possibleParents(rows, null)).toHaveLength(5)
  })
})

it('an area has a name of at most a hundred characters', () => {
  expect(areaProblem(' ')).toBe('missing')
  expect(areaProblem('厨'.repeat(101))).toBe('too_long')
  expect(areaProblem('厨房')).toBeNull()
})
