import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { createBurst, takeOut, useWedge } from './wedge'

/** Feeds letters with these ms between them, then Enter. */
function feed(code: string, gap: number, enterAfter = gap): string | null {
  const burst = createBurst()
  let at = 1_000
  for (const key of code) burst({ key, at: (at += gap) })
  return burst({ key: 'Enter', at: at + enterAfter })
}

describe('a burst', () => {
  it('is four letters or more, less than 35 ms apart, and Enter', () => {
    expect(feed('RT1.A', 8)).toBe('RT1.A')
    expect(feed('0421', 34)).toBe('0421')
    expect(feed('042', 8)).toBeNull()
    expect(feed('0421', 35)).toBeNull()
    expect(feed('0421', 8, 35)).toBeNull()
  })

  it('begins anew where a hand has typed before it', () => {
    const burst = createBurst()
    burst({ key: '堵', at: 0 })
    burst({ key: 'x', at: 400 })
    for (const [at, key] of [...'04A1'].entries()) burst({ key, at: 900 + at * 5 })
    expect(burst({ key: 'Enter', at: 925 })).toBe('04A1')
  })

  it('goes on over keys that write nothing', () => {
    const burst = createBurst()
    const keys = ['Shift', 'R', 'Shift', 'T', '1', '.']
    keys.forEach((key, at) => burst({ key, at: at * 6 }))
    expect(burst({ key: 'Enter', at: 36 })).toBe('RT1.')
  })

  it('is over with its Enter', () => {
    const burst = createBurst()
    ;[...'04A1'].forEach((key, at) => burst({ key, at }))
    expect(burst({ key: 'Enter', at: 5 })).toBe('04A1')
    expect(burst({ key: 'Enter', at: 6 })).toBeNull()
  })
})

describe('taking a code out of its field', () => {
  it('leaves what a hand has typed around it, and tells the field', () => {
    const field = document.createElement('textarea')
    field.value = '门口RT1.A有水'
    const heard = vi.fn()
    field.addEventListener('input', heard)
    takeOut(field, 'RT1.A')
    expect(field.value).toBe('门口有水')
    expect(heard).toHaveBeenCalledOnce()
  })

  it('leaves a field alone in which something else stands', () => {
    const field = document.createElement('input')
    field.value = '0777'
    takeOut(field, 'RT1.A')
    expect(field.value).toBe('0777')
  })
})

describe('a page with a scanner', () => {
  let scope: EffectScope
  const scanned = vi.fn()
  let isOn = true
  beforeEach(() => {
    scanned.mockClear()
    isOn = true
    scope = effectScope()
    scope.run(() => useWedge({ scanned, isOn: () => isOn, isOurs: (code) => code.startsWith('RT1.') }))
  })
  afterEach(() => {
    scope.stop()
    document.body.replaceChildren()
  })

  /** Types into an element as a scanner does; gives whether the Enter was kept from it. */
  function scan(code: string, into: HTMLElement, gap = 4): boolean {
    let at = 0
    const press = (key: string) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      Object.defineProperty(event, 'timeStamp', { value: (at += gap) })
      return into.dispatchEvent(event)
    }
    for (const key of code) {
      press(key)
      if (into instanceof HTMLInputElement) into.value += key
    }
    return !press('Enter')
  }
  function input({ value = '', inputMode = '' } = {}) {
    const field = document.createElement('input')
    field.value = value
    field.inputMode = inputMode
    document.body.append(field)
    return field
  }

  it('takes a code wherever the focus is, and its Enter presses no button', () => {
    const button = document.createElement('button')
    document.body.append(button)
    expect(scan('04A1', button)).toBe(true)
    expect(scanned.mock.calls).toEqual([['04A1']])
  })

  it('takes one of ours out of a field again', async () => {
    const field = input({ value: '灯坏' })
    expect(scan('RT1.A', field)).toBe(true)
    await Promise.resolve()
    expect(field.value).toBe('灯坏')
    expect(scanned.mock.calls).toEqual([['RT1.A']])
  })

  it('leaves words in a field that are not ours, and sends nothing', async () => {
    const field = input()
    expect(scan('69012345', field)).toBe(true)
    await Promise.resolve()
    expect(field.value).toBe('69012345')
    expect(scanned).not.toHaveBeenCalled()
  })

  it('leaves digits to a field in which a value is measured', () => {
    const field = input({ inputMode: 'decimal' })
    expect(scan('74.25', field)).toBe(false)
    expect(field.value).toBe('74.25')
    expect(scanned).not.toHaveBeenCalled()
  })

  it('takes nothing from a hand, and nothing while it is off', () => {
    expect(scan('RT1.A', document.body, 80)).toBe(false)
    isOn = false
    expect(scan('RT1.A', document.body)).toBe(false)
    expect(scanned).not.toHaveBeenCalled()
  })
})
