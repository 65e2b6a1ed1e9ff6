/** The sample that is about to go: found in a list, or by what was read of its label. */
import type { MealClock, MealScan } from '@/backend'

export interface Target {
  sample: string
  /** What was read; empty where it was chosen in a list. */
  label: string
  dish: string
  box_no: string | null
  state: MealScan['state']
  /** How long it must still be kept, ms. */
  left_ms: number
  sealed: boolean
  /** Whether its record is here. */
  known: boolean
}

export const targetOfClock = (clock: MealClock): Target => ({
  sample: clock.sample,
  label: '',
  dish: clock.dish,
  box_no: clock.box_no,
  state: clock.state,
  left_ms: clock.left_ms,
  sealed: clock.problems.includes('on-hold'),
  known: true,
})

export const targetOfScan = (scan: MealScan, label: string): Target => ({
  sample: scan.sample,
  label,
  dish: scan.dish,
  box_no: scan.box_no,
  state: scan.state,
  left_ms: scan.left_ms,
  sealed: scan.sealed,
  known: scan.known,
})

/** Whether what was read is the label of a sample; a short code is typed. */
export const isSampleLabel = (code: string): boolean => /^RS1\./i.test(code)
