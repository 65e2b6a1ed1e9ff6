/** Which samples a view of the fridge shows. */
import type { KeptSample } from '@/backend'

export const VIEWS = ['kept', 'ready', 'held', 'trouble', 'gone'] as const
export type View = (typeof VIEWS)[number]

const isGone = ({ state }: KeptSample) => state === 'disposed' || state === 'early'
const SHOWS: Record<View, (sample: KeptSample) => boolean> = {
  kept: (sample) => !isGone(sample),
  ready: ({ state }) => state === 'ready',
  held: (sample) => sample.held && !isGone(sample),
  // That one is held is a state, and no fault of anybody's.
  trouble: ({ problems }) => problems.some((code) => code !== 'on-hold'),
  gone: isGone,
}

export const samplesIn = (samples: readonly KeptSample[], view: View): KeptSample[] =>
  samples.filter(SHOWS[view])
