/** A door for tests: answers are handed in by command, and calls are noted. */
import { CommandError, type Backend, type Commands, type CommandName, type News } from '@/backend'

/** As much of an answer as a test needs. */
type Part<T> = T extends readonly (infer E)[]
  ? readonly Part<E>[]
  : T extends object
    ? { [K in keyof T]?: Part<T[K]> }
    : T

export type Answers = {
  [N in CommandName]?: Part<Commands[N]['answer']> | ((args: Commands[N]['arguments']) => unknown)
}

/** A backend that gives `answers`; a command without one is refused with `not-found`. */
export function fakeBackend(answers: Answers) {
  const listeners = new Set<(news: News) => void>()
  const calls: { name: string; args: unknown }[] = []
  const backend: Backend = {
    async call(name, args) {
      calls.push({ name, args })
      const answer = answers[name]
      if (answer === undefined) throw new CommandError('not-found', name)
      return (typeof answer === 'function' ? await answer(args) : answer) as never
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    putBlob: async (bytes) => ({ blob: 'a'.repeat(64), mime: bytes.type, size: bytes.size }),
    sheetFile: async ({ sheet }) => {
      throw new CommandError('not-found', sheet)
    },
    takeSheet: async (name) => {
      throw new CommandError('not-found', name)
    },
    givesFiles: true,
    blobUrl: (sha256) => `/app/blobs/${sha256}`,
  }
  return { backend, calls, tell: (news: News) => listeners.forEach((listener) => listener(news)) }
}
