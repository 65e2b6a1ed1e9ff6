/** Renders photos beside the page, so that taps stay quick meanwhile. */
import { PhotoProblem } from './problem'
import { render } from './render'

interface Job {
  number: number
  file: Blob
  lines: string[]
}

self.addEventListener('message', async ({ data }: MessageEvent<Job>) => {
  try {
    self.postMessage({ number: data.number, ...(await render(data.file, data.lines)) })
  } catch (error) {
    self.postMessage({ number: data.number, problem: error instanceof PhotoProblem ? error.code : 'broken' })
  }
})
