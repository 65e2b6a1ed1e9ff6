/** What a browser loads, so that no change adds to it unseen. */
import { expect, test } from '@playwright/test'
import { weights } from '../support/weights'

const KB = 1024

test('the start weighs at most 112 kB packed, and the form at most 40 more', () => {
  const bytes = new Map(weights())
  expect((bytes.get('at the start, for every route') ?? Infinity) / KB).toBeLessThanOrEqual(112)
  expect((bytes.get('inspection/form/FormPage') ?? Infinity) / KB).toBeLessThanOrEqual(40)
})
