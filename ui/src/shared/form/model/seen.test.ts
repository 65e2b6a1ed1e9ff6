import { describe, expect, it } from 'vitest'
import { createSeen } from './seen'

describe('what a form has seen', () => {
  it('grows by its own saves', () => {
    const seen = createSeen()
    seen.shown('v1', [])
    seen.saved('a', 'v1+own')
    expect(seen.of('b')).toBe('v1+own')
  })

  it('stays behind for an item that is being entered while another answer arrives', () => {
    const seen = createSeen()
    seen.shown('v1', [])
    seen.shown('v2', ['a'])
    expect(seen.of('a')).toBe('v1')
    expect(seen.of('b')).toBe('v2')
    seen.saved('a', 'v1+own')
    expect(seen.of('a')).toBe('v1+own')
    expect(seen.all()).toBe('v2')
  })

  it('takes on the newest when the item is shown anew', () => {
    const seen = createSeen()
    seen.shown('v1', [])
    seen.shown('v2', ['a'])
    seen.shown('v3', ['a'])
    expect(seen.of('a')).toBe('v1')
    seen.shown('v4', [])
    expect(seen.of('a')).toBe('v4')
  })
})
