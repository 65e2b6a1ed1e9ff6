import { describe, expect, it } from 'vitest'
import { holds } from './found'

describe('a text', () => {
  it('is found by a part of it, in whatever width and case', () => {
    expect(holds(['艾力亚尔·买买提', '0103'], ' 买买')).toBe(true)
    expect(holds(['A01', null], 'ａ01')).toBe(true)
    expect(holds(['王小明'], '李')).toBe(false)
    expect(holds([], '')).toBe(true)
  })
})
