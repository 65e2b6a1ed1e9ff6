import type { ProblemType } from './problems'

/** What goes wrong on the way to the Rust side, or is put in other words than the problem behind it. */
type OwnCode = 'no-answer' | 'no-such-server' | 'not-stored-before' | 'pin-missing'

/** What an error is known by. A newer program may tell of a problem that this page has no words for. */
export type ErrorCode = ProblemType | OwnCode

/** The last part of a problem's type, such as `wrong-pin`. */
const SLUG = /^urn:rounds:problem:(.+)$/

/** A refusal in the form that the Rust side gives it. */
export class CommandError extends Error {
  override readonly name = 'CommandError'

  constructor(
    /** The stable code; screens translate it. */
    readonly code: ErrorCode,
    message: string,
    /** The argument that it is about, where there is one. */
    readonly field: string | null = null,
    /** What a screen needs to tell it in full, such as `wait_s`. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
  }

  /** Reads a problem document; anything else becomes the code `no-answer`. */
  static fromProblem(problem: unknown): CommandError {
    if (problem === null || typeof problem !== 'object') return new CommandError('no-answer', String(problem))
    const { type, title, detail, field, ...details } = problem as Record<string, unknown>
    const slug = SLUG.exec(typeof type === 'string' ? type : '')?.[1]
    const message = [detail, title].find((text) => typeof text === 'string') as string | undefined
    return new CommandError(
      (slug as ProblemType | undefined) ?? 'no-answer',
      message ?? '',
      typeof field === 'string' ? field : null,
      details,
    )
  }

  /** Any error as one of these. */
  static from(error: unknown): CommandError {
    if (error instanceof CommandError) return error
    return new CommandError('internal', error instanceof Error ? error.message : String(error))
  }
}
