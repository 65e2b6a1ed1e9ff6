/** The engine behind the screens of rounds: the `patrol.*` commands. */
import type { Backend } from '@/backend'
import type { FormPort, PlaceForm } from '@/shared/form/port'
import type { PatrolPort } from './port'

type Call = (name: string, args: object) => Promise<never>

/** The form at a point of a run. Nothing there is filled by one tap: 正常 answers no item, and neither does anything else. */
function formPort(backend: Backend, run: string, checkpoint: string): FormPort<PlaceForm> {
  const call = backend.call as unknown as Call
  const at = { run, checkpoint }
  return {
    read: () => call('patrol.point', at),
    answer: (given) => call('patrol.answer', { ...at, ...given }),
    note: (given) => call('patrol.note', { ...at, ...given }),
    photo: (given) => call('patrol.photo', { ...at, ...given }),
    undo: (given) => call('patrol.take_back', { ...at, ...given }),
    undoPhoto: (given) => call('patrol.take_back', { ...at, ...given }),
    watch: (changed) =>
      backend.onChange((news) => {
        if (news.type !== 'changed') return
        const isOurs = news.ids.length === 0 || news.ids.includes(run)
        const isFinding = news.kinds.length === 0 || news.kinds.includes('finding')
        if (isOurs || isFinding) changed()
      }),
  }
}

interface Arrived {
  checkpoint: string | null
  why: 'unknown' | 'old' | 'other' | null
  name: string | null
}

export function enginePort(backend: Backend): PatrolPort {
  const call = backend.call as unknown as Call
  return {
    due: async () => ((await call('patrol.due', {})) as { windows: never }).windows,
    get: (run) => call('patrol.get', { run }),
    start: (given) => call('patrol.start', given),
    async knows(tag) {
      const { state }: { state: string } = await call('tag.resolve', { tag })
      return state !== 'unknown'
    },
    async arrive(given) {
      const { checkpoint, why, name }: Arrived = await call('patrol.arrive', given)
      return checkpoint === null ? { checkpoint, why: why ?? 'unknown', name } : { checkpoint }
    },
    visit: (given) => call('patrol.visit', given),
    undo: (given) => call('patrol.undo', given),
    fixed: (given) => call('patrol.fixed', given),
    finish: (given) => call('patrol.finish', given),
    form: (run, checkpoint) => formPort(backend, run, checkpoint),
  }
}
