/** What was written before on this device about the same item, to be taken again in one tap. */
import { useLocalStorage } from '@vueuse/core'

type Phrases = Record<string, string[]>

/** How many are kept of an item, and of how many items. */
const MOST = 3
const MOST_ITEMS = 300

const kept = useLocalStorage<Phrases>('rounds-phrases', {})

/** The list with `phrase` first, and nothing twice. */
export function withPhrase(all: Phrases, code: string, phrase: string): Phrases {
  const text = phrase.trim()
  if (text === '' || [...text].length > 30) return all
  const others = Object.entries(all).filter(([key]) => key !== code)
  const own = [text, ...(all[code] ?? []).filter((one) => one !== text)].slice(0, MOST)
  return Object.fromEntries([...others.slice(-(MOST_ITEMS - 1)), [code, own]])
}

export function usePhrases() {
  return {
    of: (code: string): readonly string[] => kept.value[code] ?? [],
    remember(code: string, phrase: string) {
      kept.value = withPhrase(kept.value, code, phrase)
    },
  }
}
