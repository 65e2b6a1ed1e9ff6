/** Parts of a screen that come when they are first asked for, or before that while nobody waits. */
import { defineAsyncComponent, type Component } from 'vue'

type Load = () => Promise<unknown>

/** Of the pages that were opened or fetched so far; one that has come is not asked for again. */
const waiting = new Set<Load>()
const coming = new Set<Promise<unknown>>()

/** How often a part is asked for that does not come. */
const TRIES = 3

/** A component whose code stands apart from that of the page. */
export function later<T extends Component>(load: () => Promise<{ default: T }>): T {
  const fetch = () => {
    waiting.delete(fetch)
    // What stands among others under a name of its own comes as a plain object, which is no module to Vue.
    const part = load().then(({ default: component }) => component)
    coming.add(part)
    void part.catch(() => {}).finally(() => coming.delete(part))
    return part
  }
  waiting.add(fetch)
  return defineAsyncComponent({
    loader: fetch,
    // Nothing stands in its place meanwhile: it lies above a page, or below what is read first.
    delay: 0,
    onError: (_error, again, fail, tries) => (tries < TRIES ? again() : fail()),
  }) as unknown as T
}

/** Fetches the parts of the pages that are known, one after the other, with `rest` between two. */
export async function fetchParts(rest: () => Promise<unknown>): Promise<void> {
  for (let part = first(); part; part = first()) {
    await part().catch(() => {})
    await rest()
  }
}
const first = (): Load | undefined => waiting.values().next().value

/** Settles when every part that was asked for is here. */
export async function partsHere(): Promise<void> {
  while (coming.size > 0) await Promise.allSettled(coming)
}
