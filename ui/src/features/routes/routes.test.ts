import { describe, expect, it } from 'vitest'
import { isOverMidnight, matchingItems, nameProblem, secondsOf, sheetsOf, timeProblem } from './model'
import { moved, placeAt, placeByKey } from './order'

describe('the walking order', () => {
  it('moves one point, and the others make room', () => {
    expect(moved(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c'])
    expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd'])
    expect(moved(['a', 'b'], 0, 2)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], -1, 0)).toEqual(['a', 'b'])
  })

  it('finds the place under the finger', () => {
    expect(placeAt(5, [10, 30, 50])).toBe(0)
    expect(placeAt(31, [10, 30, 50])).toBe(2)
    expect(placeAt(99, [10, 30, 50])).toBe(2)
    expect(placeAt(5, [])).toBe(0)
  })

  it('goes by the arrow keys, to the ends and no further', () => {
    expect(placeByKey('ArrowUp', 2, 5)).toBe(1)
    expect(placeByKey('ArrowUp', 0, 5)).toBe(0)
    expect(placeByKey('ArrowDown', 4, 5)).toBe(4)
    expect(placeByKey('Home', 3, 5)).toBe(0)
    expect(placeByKey('End', 1, 5)).toBe(4)
    expect(placeByKey('Enter', 1, 5)).toBeNull()
  })
})

describe('the forms', () => {
  it('say what is wrong with a name and with times', () => {
    expect(nameProblem(' ')).toBe('missing')
    expect(nameProblem('门'.repeat(101))).toBe('too_long')
    expect(nameProblem('门')).toBeNull()
    expect(timeProblem('', '07:30')).toBe('missing')
    expect(timeProblem('06:30', '24:00')).toBe('missing')
    expect(timeProblem('06:30', '06:30')).toBe('same')
    expect(timeProblem('22:00', '00:00')).toBeNull()
    expect(isOverMidnight({ from: '22:00', to: '00:00' })).toBe(true)
    expect(isOverMidnight({ from: '06:30', to: '07:30' })).toBe(false)
  })

  it('take whole seconds up to an hour', () => {
    expect(secondsOf(' 45 ')).toBe(45)
    expect(secondsOf('0')).toBe(0)
    for (const text of ['', '-1', '4.5', '3601', '很久']) expect(secondsOf(text)).toBeNull()
  })

  it('find items by code, by words and by checklist, in both languages', () => {
    const item = (code: string, text: string, text_en: string) => ({
      ...{ code, text, text_en },
      ...{ checklist: '消防设施', checklist_en: 'Fire equipment', fire: false },
    })
    const items = [
      item('T15.04', '消防器材完好', 'Equipment in place'),
      item('T15.02', '通道畅通', 'Exits clear'),
    ]
    const found = (typed: string) => matchingItems(items, typed).map(({ code }) => code)
    expect(found('t15.04')).toEqual(['T15.04'])
    expect(found('畅通')).toEqual(['T15.02'])
    expect(found('fire exits')).toEqual(['T15.02'])
    expect(found('  ')).toEqual([])
  })
})

it('labels are printed 24 to a sheet', () => {
  const labels = Array.from({ length: 49 }, (_, at) => at)
  expect(sheetsOf(labels).map((sheet) => sheet.length)).toEqual([24, 24, 1])
  expect(sheetsOf([])).toEqual([])
})
