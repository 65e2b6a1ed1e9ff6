/** The engine behind the screens of rounds: the `patrol.*` commands. */
import type { Backend } from '@/backend'
import type { FormPort, PlaceForm } from '@/shared/form/port'
import type { PatrolPort } from './port'

/** Which point a tag means; asked through the door as it is, where its answer is not known to the types. */
type Ask = (name: string, args: object) => Promise<{ state: string }>

/** The form at a point of a run. Nothing there is filled by one tap: 正常 answers no item, and neither does anything else. */
function formPort(backend: Backend, run: string, checkpoint: string): FormPort<PlaceForm> {
  const call: Backend['call'] = (name, args) => backend.call(name, args)
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

export function enginePort(backend: Backend): PatrolPort {
  const call: Backend['call'] = (name, args) => backend.call(name, args)
  return {
    due: async () => (await call('patrol.due', {})).windows,
    get: (run) => call('patrol.get', { run }),
    start: (given) => call('patrol.start', given),
    invite: (run) => call('patrol.invite', { run }),
    join: (code) => call('patrol.join', { code }),
    before: (run) => call('patrol.before', { run }),
    pause: async (given) => void (await call('patrol.pause', given)),
    resume: async (run) => void (await call('patrol.resume', { run })),
    another: async (given) => void (await call('patrol.another', given)),
    async knows(tag) {
      const { state } = await (call as unknown as Ask)('tag.resolve', { tag })
      return state !== 'unknown'
    },
    async arrive(given) {
      const { checkpoint, why, name } = await call('patrol.arrive', given)
      return checkpoint === null ? { checkpoint, why: why ?? 'unknown', name } : { checkpoint }
    },
    visit: (given) => call('patrol.visit', given),
    undo: async (given) => void (await call('patrol.undo', given)),
    fixed: async (given) => void (await call('patrol.fixed', given)),
    finish: async (given) => void (await call('patrol.finish', given)),
    sign: async (given) => void (await call('patrol.sign', given)),
    form: (run, checkpoint) => formPort(backend, run, checkpoint),
  }
}
