/** Saves of a card: drawn at once, one after the other, and kept at their row with what was typed where one fails. */
import { reactive } from 'vue'
import { CommandError } from '@/backend'

/** What the program asks before it takes a value. */
export interface Asked {
  code: string
  zh: string
  en: string
}

export interface Saving {
  isBusy: boolean
  /** Why it was not stored. */
  error: CommandError | null
  /** What a person has to say yes to. */
  asked: readonly Asked[]
}

export interface Work {
  /** Stores it; `sure` holds what a person has said yes to. */
  save: (sure: string[]) => Promise<unknown>
  /** It stands on the card: nothing of it is kept any more. */
  stored?: () => void
  sure?: readonly string[]
}

export interface Saves {
  /** How the save of a thing stands; undefined where there is none. */
  of: (key: string) => Saving | undefined
  isBusy: (key: string) => boolean
  run: (key: string, work: Work) => Promise<boolean>
  /** What was said of a thing is over, as it is typed anew. */
  clear: (key: string) => void
}

/** The questions of a refusal; none for another one. */
export function askedOf(error: CommandError): Asked[] {
  const { warnings } = error.details as { warnings?: (Asked & { level?: string })[] }
  return error.code === 'confirm-value' && Array.isArray(warnings) ? warnings : []
}

/** @param settle asks for the card anew; the row of a save gives way to what is stored. */
export function createSaves(settle: () => Promise<unknown>): Saves {
  const all = reactive(new Map<string, Saving>())
  let last: Promise<unknown> = Promise.resolve()

  async function go(key: string, { save, stored, sure = [] }: Work): Promise<boolean> {
    try {
      await save([...sure])
      await settle()
      stored?.()
      all.delete(key)
      return true
    } catch (thrown) {
      const refused = CommandError.from(thrown)
      const asked = askedOf(refused)
      all.set(key, { isBusy: false, error: asked.length > 0 ? null : refused, asked })
      return false
    }
  }
  return {
    of: (key) => all.get(key),
    isBusy: (key) => all.get(key)?.isBusy === true,
    run(key, work) {
      if (all.get(key)?.isBusy) return Promise.resolve(false)
      all.set(key, { isBusy: true, error: null, asked: [] })
      const mine = last.then(() => go(key, work))
      last = mine
      return mine
    },
    clear(key) {
      if (!all.get(key)?.isBusy) all.delete(key)
    },
  }
}
