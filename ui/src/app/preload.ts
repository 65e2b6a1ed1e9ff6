/** Pages that are fetched while nobody waits, so that the first visit is as quick as the later ones. */
import type { Router } from 'vue-router'
import { fetchParts } from '@/shared/state/later'

/** What a tablet's work leads to beside the entries of the rail. */
export const tabletPages = [
  '/inspections/new',
  '/inspections/-',
  '/inspections/-/submit',
  '/findings/-',
  '/patrol/-',
  '/patrol/-/end',
  '/meals/-',
]

/** How long the page that is open has for itself first, and how long it rests between two, in ms. */
const FIRST_MS = 400
const BETWEEN_MS = 60

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Fetches the pages behind `paths` and then their parts, one after the other; one that cannot be fetched is left for when it is opened. */
export async function preload(router: Router, paths: readonly string[]): Promise<void> {
  await rest(FIRST_MS)
  for (const path of paths) {
    for (const { components } of router.resolve(path).matched) {
      const page = components?.default as unknown
      // Once it was opened, the page itself stands there.
      if (typeof page === 'function') await (page as () => Promise<unknown>)().catch(() => {})
    }
    await rest(BETWEEN_MS)
  }
  await fetchParts(() => rest(BETWEEN_MS))
}
