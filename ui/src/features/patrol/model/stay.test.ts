import { expect, it } from 'vitest'
import { clockOf, stayLeft } from './stay'

it('counts down to the shortest stay, and not beyond', () => {
  expect(stayLeft(60, 0)).toEqual({ seconds: 60, share: 0 })
  expect(stayLeft(60, 22_001)?.seconds).toBe(38)
  expect(stayLeft(60, 60_000)).toEqual({ seconds: 0, share: 1 })
  expect(stayLeft(60, 9e9)).toEqual({ seconds: 0, share: 1 })
})

it('counts nothing where nobody knows, and where nothing is asked', () => {
  expect(stayLeft(60, null)).toBeNull()
  expect(stayLeft(0, 5_000)).toBeNull()
})

it('is read as minutes and seconds', () => {
  expect([0, 38, 60, 605].map(clockOf)).toEqual(['0:00', '0:38', '1:00', '10:05'])
})
