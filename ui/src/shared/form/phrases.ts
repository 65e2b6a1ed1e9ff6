/** What a person wrote before on this device about the same item, to be taken again in one tap by that person alone. */
import { useLocalStorage } from '@vueuse/core'
import { useSession } from '@/shared/state/session'

type Phrases = Record<string, string[]>

/** How many are kept of an item, and of how many items. */
const MOST = 3
const MOST_ITEMS = 300

/** The phrases of each person by their id. */
const kept = useLocalStorage<Record<string, Phrases>>('rounds-phrases-by-person', {})
// Earlier versions kept those of all people in one, and so offered to one what another had written.
localStorage.removeItem('rounds-phrases')

/** The list with `phrase` first, and nothing twice. */
export function withPhrase(all: Phrases, code: string, phrase: string): Phrases {
  const text = phrase.trim()
  if (text === '' || [...text].length > 30) return all
  const others = Object.entries(all).filter(([key]) => key !== code)
  const own = [text, ...(all[code] ?? []).filter((one) => one !== text)].slice(0, MOST)
  return Object.fromEntries([...others.slice(-(MOST_ITEMS - 1)), [code, own]])
}

/** Forgets the phrases of everybody but `people`, by their ids: who is gone from the store leaves no words here either. */
export function keepPhrasesOf(people: ReadonlySet<string>) {
  const entries = Object.entries(kept.value)
  const left = entries.filter(([id]) => people.has(id))
  if (left.length < entries.length) kept.value = Object.fromEntries(left)
}

/** Inside a component's setup: the phrases of who works there now. */
export function usePhrases() {
  const person = useSession().worker.value?.by?.id ?? ''
  return {
    of: (code: string): readonly string[] => kept.value[person]?.[code] ?? [],
    remember(code: string, phrase: string) {
      if (person === '') return
      kept.value = { ...kept.value, [person]: withPhrase(kept.value[person] ?? {}, code, phrase) }
    },
  }
}
