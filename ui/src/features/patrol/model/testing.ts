/** An engine for tests: one round in memory, by the rules that its screens rest on. */
import { CommandError } from '@/backend'
import type { Before, DueWindow, Run, RunPoint, Visit, VisitGiven } from './contract'
import type { PatrolPort } from './port'
import { nextOf } from './run'

export const RUN = '0197d000-0000-7000-8000-00000000aa01'
export const ME = { id: 'p-wu', name: '吴大勇' }

export const runPoint = (seq: number, part: Partial<RunPoint> = {}): RunPoint => ({
  id: `c${seq}`,
  seq,
  name: `第 ${seq} 处`,
  name_en: null,
  area_name: null,
  look_at: '门锁、堆物、应急灯',
  look_at_en: null,
  min_seconds: 0,
  items: 2,
  must: false,
  photo: false,
  visits: [],
  missed: null,
  arrival: null,
  elsewhere: null,
  boarders: null,
  findings: [],
  photos: [],
  note: null,
  ...part,
})

export const visitOf = (part: Partial<Visit> = {}): Visit => ({
  id: 'v1',
  n: 1,
  by: ME,
  how: 'qr',
  result: 'normal',
  arrived: 1_000,
  stay_s: 60,
  short: false,
  late: false,
  reason: null,
  still: [],
  lacks_reason: false,
  lacks_photo: false,
  ...part,
})

export const runOf = (points: RunPoint[], part: Partial<Run> = {}): Run => ({
  id: RUN,
  version: '1',
  route: 'r1',
  route_name: '幼儿园日巡',
  route_name_en: 'Kindergarten day round',
  window: 'w1',
  window_name: '开门前',
  window_name_en: 'Before opening',
  day: '2026-11-23',
  from: Date.parse('2026-11-23T06:30:00+08:00'),
  to: Date.parse('2026-11-23T07:30:00+08:00'),
  is_night: false,
  stage: 'open',
  is_here: true,
  walk: null,
  lead: ME,
  started_at: Date.parse('2026-11-23T06:31:00+08:00'),
  finished_at: null,
  late_reason: null,
  points,
  next: points[0]?.id ?? null,
  pauses: [],
  on_the_way: [],
  scans: [],
  signs: [],
  signing: {
    ...{ needed: 1, missing: 1, lacks_second: false, walkers: [] },
    ...{ signed: [], role: 'walker', saw: 'a1' },
  },
  coverage: {
    points: points.length,
    covered: 0,
    on_time: 0,
    late: 0,
    entered: 0,
    short: 0,
    by_hand: 0,
    claimed: 0,
    abnormal: 0,
    missed: points.length,
  },
  nil: false,
  signals: null,
  windows: [],
  corrections: [],
  ...part,
})

export const dueOf = (part: Partial<DueWindow> = {}): DueWindow => ({
  route: 'r1',
  route_name: '幼儿园日巡',
  route_name_en: 'Kindergarten day round',
  window: 'w1',
  window_name: '开门前',
  window_name_en: 'Before opening',
  day: '2026-11-23',
  from: Date.parse('2026-11-23T06:30:00+08:00'),
  to: Date.parse('2026-11-23T07:30:00+08:00'),
  points: 16,
  covered: 0,
  state: 'due',
  heard: false,
  waiting: [],
  may_be_late: false,
  nil: 'waiting',
  run: null,
  ...part,
})

export interface FakePatrol {
  port: PatrolPort
  /** The round as it is stored. */
  run: () => Run
  /** What was asked, in order. */
  calls: { name: keyof PatrolPort; given: unknown }[]
  /** Refuses the next call of this name. */
  refuse: (name: keyof PatrolPort, error?: CommandError) => void
  /** Holds the answers of this command back until the returned function is called. */
  hold: (name: keyof PatrolPort) => () => void
}

/**
 * @param tags which point each tag belongs to; `old` and `other` are those of no point here.
 */
export function fakePatrol(
  start: Run,
  {
    tags = {},
    windows = [],
    before = { handover: null, leader: null, free_bytes: null },
  }: { tags?: Record<string, string>; windows?: DueWindow[]; before?: Before } = {},
): FakePatrol {
  let run = structuredClone(start)
  let count = 0
  const calls: FakePatrol['calls'] = []
  const refused = new Map<keyof PatrolPort, CommandError>()
  const held = new Map<keyof PatrolPort, Promise<void>>()
  const none = new Map<string, never>()

  async function note<T>(name: keyof PatrolPort, given: unknown, work: () => T): Promise<T> {
    calls.push({ name, given })
    await held.get(name)
    const error = refused.get(name)
    refused.delete(name)
    if (error) throw error
    return structuredClone(work())
  }
  function change(id: string, part: (point: RunPoint) => Partial<RunPoint>) {
    const points = run.points.map((point) => (point.id === id ? { ...point, ...part(point) } : point))
    run = { ...run, version: `${Number(run.version) + 1}`, points }
    run.next = nextOf(run.points, none, id)?.id ?? null
  }
  function visit({ checkpoint, how, result, reason }: VisitGiven) {
    const id = `v${(count += 1)}`
    change(checkpoint, ({ visits, arrival }) => ({
      arrival: null,
      visits: [
        ...visits,
        visitOf({ id, n: count, how, result, arrived: arrival?.at ?? 0, reason: reason ?? null }),
      ],
    }))
    return { visit: id, next: run.next }
  }

  const port: PatrolPort = {
    due: () => note('due', null, () => windows),
    get: (id) => note('get', id, () => run),
    start: (given) => note('start', given, () => ({ id: run.id })),
    invite: (id) => note('invite', id, () => ({ code: `RW1.${id}`, svg: '<svg/>', reached: 2 })),
    join: (code) => note('join', code, () => ({ id: code.slice(4), reached: 2 })),
    before: (id) => note('before', id, () => before),
    pause: (given) =>
      note('pause', given, () => {
        const pause = { id: 'p1', n: 1, reason: given.reason, by: ME, at: 4_000, until: null }
        run = { ...run, pauses: [...run.pauses, pause] }
      }),
    resume: (id) =>
      note('resume', id, () => {
        run = { ...run, pauses: run.pauses.map((pause) => ({ ...pause, until: 5_000 })) }
      }),
    another: (given) => note('another', given, () => undefined),
    knows: (tag) => note('knows', tag, () => tag in tags),
    arrive: (given) =>
      note('arrive', given, () => {
        const checkpoint = given.checkpoint ?? tags[given.tag ?? '']
        if (!checkpoint) return { checkpoint: null, why: 'unknown' as const, name: null }
        if (checkpoint === 'old' || checkpoint === 'other')
          return { checkpoint: null, why: checkpoint, name: '配电室' }
        run = { ...run, pauses: run.pauses.map((pause) => ({ ...pause, until: pause.until ?? 5_000 })) }
        change(checkpoint, () => ({ arrival: { at: 1_000 + calls.length, how: given.how, ago_ms: 0 } }))
        return { checkpoint }
      }),
    visit: (given) => note('visit', given, () => visit(given)),
    undo: (given) =>
      note('undo', given, () => {
        for (const { id } of run.points)
          change(id, ({ visits, arrival }) => {
            const taken = visits.find((one) => one.id === given.visit)
            if (!taken) return { arrival }
            const rest = visits.filter((one) => one !== taken)
            return { visits: rest, arrival: { at: taken.arrived, how: taken.how, ago_ms: 0 } }
          })
      }),
    fixed: (given) =>
      note('fixed', given, () => {
        for (const { id } of run.points)
          change(id, ({ findings }) => ({ findings: findings.filter((row) => row.id !== given.finding) }))
      }),
    finish: (given) =>
      note('finish', given, () => {
        given.missed?.forEach(({ checkpoint, reason }) =>
          change(checkpoint, () => ({ missed: { reason, by: ME, at: 2_000 } })),
        )
        run = { ...run, stage: 'finished', finished_at: 3_000 }
      }),
    sign: (given) =>
      note('sign', given, () => {
        const { needed, missing } = run.signing
        run = { ...run, signing: { ...run.signing, needed, missing: Math.max(0, missing - 1) } }
      }),
    form: () => {
      throw new CommandError('not-found', 'this round has no items')
    },
  }
  return {
    port,
    calls,
    run: () => run,
    refuse: (name, error = new CommandError('no-answer', '')) => refused.set(name, error),
    hold(name) {
      let release = () => {}
      held.set(name, new Promise((resolve) => (release = resolve)))
      return () => {
        held.delete(name)
        release()
      }
    },
  }
}
