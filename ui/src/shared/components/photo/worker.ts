/** Reads and renders photos beside the page: taps stay quick, and a file that never ends can be left behind. */
import { PhotoProblem } from './problem'
import { open, render } from './render'
import { cameraTime } from './time'
import type { Answer, Job } from './helper'

async function run(job: Job): Promise<Omit<Answer, 'number'>> {
  if (job.task === 'render') return { done: await render(job.file, job.lines) }
  // Only what is known to be a picture is searched for its time.
  const { kind } = await open(job.file)
  return { done: await cameraTime(job.file, kind, job.now, job.timeZone) }
}

self.addEventListener('message', async ({ data: job }: MessageEvent<Job>) => {
  try {
    self.postMessage({ number: job.number, ...(await run(job)) })
  } catch (error) {
    self.postMessage({ number: job.number, problem: error instanceof PhotoProblem ? error.code : 'broken' })
  }
})
