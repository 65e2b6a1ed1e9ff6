import { expect, it } from 'vitest'
import { isWalkCode } from '../model/joining'
import { isLabel, typedCode } from './useReading'

it('a code that was typed by eye is read as it was meant', () => {
  expect(typedCode('rp 0i2o-4567 8l')).toBe('RP0120456781')
  expect(typedCode('RP0123456789')).toBe('RP0123456789')
})

it('what is none of our labels stays as it was typed', () => {
  for (const code of ['04:A1:5E:7F', 'IL-O', 'RPU', '', 'RP' + 'O'.repeat(10_000)])
    expect(typedCode(code)).toBe(code)
})

it('a label is none of a walk, and a walk none of a label', () => {
  expect([isLabel('RP0123456789'), isWalkCode('RP0123456789')]).toEqual([true, false])
  expect([isLabel('RW1.A.B'), isWalkCode(' rw1.a.b')]).toEqual([false, true])
})
