/** Children and adults for tests, which say only what they are about. */
import type { Adult, Child, List } from './handover'

export const adultOf = (id: string, part: Partial<Adult> = {}): Adult => ({
  id,
  name: id,
  relation: { zh: '母亲', en: 'Mother' },
  phone: '13800001234',
  photo: null,
  stands: 'good',
  once: false,
  used: false,
  siblings: [],
  ...part,
})
export const childOf = (id: string, part: Partial<Child> = {}): Child => ({
  id,
  name: id,
  number: id,
  class: 'one',
  state: 'here',
  since: 1,
  medicine: 0,
  adults: [],
  ...part,
})
export const FRESH: List = { as_of: 1_000, age_min: 2, too_old: false, good_h: '4' }
export const STALE: List = { ...FRESH, age_min: 500, too_old: true }

/** Siblings of one mother, each with a line of its own. */
export function family(ids: readonly string[], part: Partial<Child> = {}): Child[] {
  return ids.map((id) =>
    childOf(id, {
      adults: [adultOf(`${id}/m`, { name: '刘芳', siblings: ids.filter((other) => other !== id) })],
      ...part,
    }),
  )
}
