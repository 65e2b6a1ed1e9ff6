/** The worker that photos are read in: one job at a time, each with a limit of its own. */
import { PhotoProblem, type PhotoProblemCode } from './problem'
import type { Rendered } from './render'

interface RenderJob {
  task: 'render'
  file: Blob
  lines: string[]
}
interface TimeJob {
  task: 'time'
  file: Blob
  now: number
  timeZone?: string
}
export type Task = RenderJob | TimeJob
export type Job = Task & { number: number }
/** What a job came to. */
type Result<T extends Task> = T extends RenderJob ? Rendered : number | null
export interface Answer {
  number: number
  done?: Rendered | number | null
  problem?: PhotoProblemCode
}

/** What of a worker is used. */
export type Beside = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>

/** There is no worker here, or it could not begin. */
export class NoWorker extends Error {}

/**
 * Runs jobs beside the page.
 *
 * A job that does not end in time takes its worker with it: a file can be made so that reading it never ends, and nothing
 * in the worker can stop that. The next job begins in a new one.
 */
export function createHelper(make: () => Beside) {
  let worker: Beside | null = null
  let number = 0
  let before: Promise<unknown> = Promise.resolve()

  function ask<T extends Task>(task: T, limitMs: number): Promise<Result<T>> {
    return new Promise((resolve, reject) => {
      let beside: Beside
      try {
        beside = worker ??= make()
      } catch {
        return reject(new NoWorker())
      }
      const mine = (number += 1)
      const end = () => clearTimeout(timer)
      function giveUp(error: Error) {
        end()
        beside.terminate()
        if (worker === beside) worker = null
        reject(error)
      }
      const timer = setTimeout(() => giveUp(new PhotoProblem('too_slow')), limitMs)
      beside.onerror = () => giveUp(new NoWorker())
      beside.onmessage = ({ data }: MessageEvent<Answer>) => {
        if (data.number !== mine) return
        end()
        if (data.problem) reject(new PhotoProblem(data.problem))
        else resolve(data.done as Result<T>)
      }
      beside.postMessage({ ...task, number: mine })
    })
  }

  return {
    /** @throws {PhotoProblem} when the file is no picture that can be opened, or takes too long; {NoWorker} without one. */
    run<T extends Task>(task: T, limitMs: number): Promise<Result<T>> {
      const asked = before.then(
        () => ask(task, limitMs),
        () => ask(task, limitMs),
      )
      before = asked
      return asked
    },
  }
}
