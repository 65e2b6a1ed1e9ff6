/**
 * Saves of one form, one after the other, in the order in which they were asked for.
 *
 * A job that waits takes its values when its turn comes, so a second one of the same key is not queued behind it.
 * One job that fails never stops the others.
 */
export interface Queue {
  /** Puts a job at the end; does nothing while one of that key still waits, unless a barrier stands between. */
  add: (key: string, run: () => Promise<void>) => void
  /** As `add`, but no later job is taken for one from before it. @throws what `run` throws */
  barrier: (key: string, run: () => Promise<void>) => Promise<void>
  /** Settles when everything queued so far has run. */
  idle: () => Promise<void>
  /** How many jobs wait or run. */
  readonly size: number
}

interface Job {
  key: string
  isBarrier: boolean
  run: () => Promise<void>
}

/** @param onFailure hears the key and reason of each job that failed. */
export function createQueue(
  onFailure: (key: string, error: unknown) => void,
  onIdle: () => void = () => {},
): Queue {
  const waiting: Job[] = []
  let running = false
  let waiters: (() => void)[] = []

  async function work() {
    if (running) return
    running = true
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      try {
        await job.run()
      } catch (error) {
        onFailure(job.key, error)
      }
    }
    running = false
    const done = waiters
    waiters = []
    done.forEach((tell) => tell())
    onIdle()
  }

  function isWaiting(key: string) {
    for (let at = waiting.length - 1; at >= 0; at -= 1) {
      const job = waiting[at] as Job
      if (job.isBarrier) return false
      if (job.key === key) return true
    }
    return false
  }

  return {
    add(key, run) {
      if (isWaiting(key)) return
      waiting.push({ key, isBarrier: false, run })
      void work()
    },
    barrier(key, run) {
      return new Promise((resolve, reject) => {
        waiting.push({ key, isBarrier: true, run: () => run().then(resolve, reject) })
        void work()
      })
    },
    idle: () =>
      running || waiting.length > 0 ? new Promise((resolve) => waiters.push(resolve)) : Promise.resolve(),
    get size() {
      return waiting.length + (running ? 1 : 0)
    },
  }
}
