/** The pots of a dish: a retest puts right only what was measured of the same one. */
import type { MealDish } from '@/backend'

/** A dish of one pot has none that is named. */
const FIRST = '1'

type Read = Pick<MealDish, 'readings'>

const potOf = (batch: string | null): string => batch ?? FIRST

/** Those that were measured, in their order; the first one always stands there. */
export function potsOf({ readings }: Read, also: readonly string[] = []): string[] {
  const named = [...readings.map(({ batch }) => potOf(batch)), ...also]
  return [...new Set([FIRST, ...named])].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

/** The pot that comes next of a dish: one that fails, else the first. */
export const duePot = ({ readings }: Read): string =>
  potOf(readings.find(({ failing }) => failing)?.batch ?? null)

/** The name of one pot more. */
export const nextPot = (pots: readonly string[]): string => String(pots.length + 1)

/** What a new reading of a pot measures again. */
export const failingOf = ({ readings }: Read, pot: string): string[] =>
  readings.filter(({ failing, batch }) => failing && potOf(batch) === pot).map(({ id }) => id)

/** As it is stored: nobody names the only pot. */
export const batchOf = (pot: string): { batch?: string } => (pot === FIRST ? {} : { batch: pot })
