import { expect, it } from 'vitest'
import { shiftOf } from './sight'

const ROOM = { top: 100, bottom: 300 }

it('moves nothing that is in sight', () => expect(shiftOf({ top: 120, bottom: 168 }, ROOM)).toBe(0))

it('lifts a field out from under the bar below it, with a little room', () =>
  expect(shiftOf({ top: 280, bottom: 328 }, ROOM)).toBe(36))

it('brings a field down from under the bar above it', () =>
  expect(shiftOf({ top: 60, bottom: 108 }, ROOM)).toBe(-48))

it('shows the top of a field that is higher than the room', () =>
  expect(shiftOf({ top: 200, bottom: 500 }, ROOM)).toBe(92))
