/** One open round: which point is in front, what was tapped, and how it gets into the store in order. */
import {
  computed,
  onScopeDispose,
  ref,
  shallowReactive,
  shallowRef,
  watch,
  type ComputedRef,
  type Ref,
  type ShallowRef,
} from 'vue'
import { CommandError } from '@/backend'
import { createQueue } from '@/shared/form/model/queue'
import { cue } from '@/shared/state/cues'
import { useLeaving } from '@/shared/state/leave'
import { useAnswer } from '@/shared/state/query'
import { useCalm } from './calm'
import type { ArriveGiven, Reading, Run, RunPoint, TellHow, VisitGiven, VisitResult } from './contract'
import type { PatrolPort } from './port'
import { isThere, nextOf, pausedOf, resultOf, startOf } from './run'

/** How long until a tap is tried again that nothing has answered. */
const AGAIN_MS = 3_000

/** What the buttons are about: the way to a point, the point itself, one that is done, a pause, or the end of the round. */
export type Stage = 'toward' | 'there' | 'done' | 'paused' | 'end'

/** A tap that was not stored. */
export interface FailedTap {
  given: VisitGiven
  error: CommandError
}

/** A tag that belongs to no point of the round. */
export type StrayTag = Extract<Reading, { checkpoint: null }> & { tag: string }

/** What the last tap has closed, as long as the next point was not opened. */
export interface Closed {
  point: RunPoint
  result: VisitResult
}

export interface Walk {
  run: ComputedRef<Run | null>
  error: Readonly<Ref<CommandError | null>>
  reload: () => Promise<void>
  /** The point in front; null at the end. */
  point: ComputedRef<RunPoint | null>
  stage: ComputedRef<Stage>
  /** Whether a tap counts now: what is shown has come to rest, and the tap before is stored. */
  isCalm: Readonly<Ref<boolean>>
  /** What was tapped and is not stored yet. */
  overlay: ReadonlyMap<string, VisitResult>
  /** The tap that was not stored; the next one waits for it. */
  failed: ComputedRef<FailedTap | null>
  /** Why a scan or an arrival was not stored. */
  trouble: Readonly<ShallowRef<CommandError | null>>
  stray: Readonly<ShallowRef<StrayTag | null>>
  closed: Readonly<ShallowRef<Closed | null>>
  /** Since when somebody stands at the point in front, by `performance.now()`; null where that is not known. */
  since: ComputedRef<number | null>
  /** Shows a point, or the end. */
  show: (point: string | null) => void
  scan: (tag: string, how: TellHow) => Promise<void>
  arrive: () => Promise<void>
  /** Closes the point in front, and shows the next. */
  close: (
    result: VisitResult,
    more?: Pick<VisitGiven, 'reason' | 'still' | 'note' | 'photos'>,
  ) => Promise<void>
  undo: () => Promise<void>
  retry: () => Promise<void>
  /** Gives up the tap that was not stored: its point is open again. */
  giveUp: () => void
  pause: (reason: string) => Promise<void>
  resume: () => Promise<void>
  dropStray: () => void
}

/** How the point was told when somebody came; nobody gives a scan to a point while they stand at it. */
function tellHow({ arrival }: RunPoint): TellHow {
  return !arrival || arrival.how === 'claimed' ? 'hand' : arrival.how
}

/**
 * @param id the round.
 * @param whenStored hears of each point whose visit is stored: what was begun there is said then, and not before.
 */
export function useRun(port: PatrolPort, id: string, whenStored: (point: string) => void = () => {}): Walk {
  const query = useAnswer(
    () => id,
    (run) => port.get(run),
    { kinds: ['patrol_run', 'finding', 'checkpoint'] },
  )
  const run = computed(() => query.data.value ?? null)
  const points = computed(() => run.value?.points ?? [])
  const overlay = shallowReactive(new Map<string, VisitResult>())
  /** Arrivals of this page: when they were, by a clock that nobody sets. */
  const stood = shallowReactive(new Map<string, { at: number; since: number | null }>())
  const shown = ref<string | null | undefined>(undefined)
  const refused = shallowReactive(new Map<string, FailedTap>())
  const trouble = shallowRef<CommandError | null>(null)
  const stray = shallowRef<StrayTag | null>(null)
  const closed = shallowRef<Closed | null>(null)
  /** How many taps are on their way to the disk. */
  const saving = ref(0)
  /** By which the last tap is taken back, once it is stored. */
  let stored: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const queue = createQueue(() => {})
  // A tap is stored before its page goes.
  useLeaving((left) => (left === 'field' ? undefined : queue.idle()))

  // What the store knows of an arrival is counted from when it was asked, once for each.
  watch(
    run,
    (fresh) => {
      for (const { id, arrival } of fresh?.points ?? []) {
        if (!arrival || stood.get(id)?.at === arrival.at) continue
        const since = arrival.ago_ms === null ? null : performance.now() - arrival.ago_ms
        stood.set(id, { at: arrival.at, since })
      }
      if (fresh && shown.value === undefined) shown.value = startOf(fresh)
    },
    { immediate: true, flush: 'sync' },
  )

  const point = computed(() => points.value.find(({ id }) => id === shown.value) ?? null)
  const stage = computed<Stage>(() => {
    if (pausedOf(run.value)) return 'paused'
    if (!point.value) return 'end'
    if (isThere(point.value, overlay)) return 'there'
    return resultOf(point.value, overlay) ? 'done' : 'toward'
  })
  const isAtRest = useCalm(() => `${shown.value} ${stage.value}`)
  // Each tap is on disk before the next is possible.
  const isCalm = computed(() => isAtRest.value && saving.value === 0 && refused.size === 0)

  function show(to: string | null) {
    shown.value = to
    stray.value = null
  }

  async function come(given: Omit<ArriveGiven, 'run'>): Promise<Reading | null> {
    trouble.value = null
    try {
      const reading = await queueUp('arrive', () => port.arrive({ run: id, ...given }))
      await query.reload()
      return reading
    } catch (thrown) {
      trouble.value = CommandError.from(thrown)
      return null
    }
  }

  /** Runs it when what was tapped before is stored; gives what it gives. */
  async function queueUp<T>(key: string, work: () => Promise<T>): Promise<T> {
    let result: T | undefined
    await queue.barrier(key, async () => {
      result = await work()
    })
    return result as T
  }

  async function save(given: VisitGiven) {
    saving.value += 1
    try {
      const saved = await queueUp(`visit/${given.checkpoint}`, () => port.visit(given))
      stored = saved.visit
      whenStored(given.checkpoint)
      refused.delete(given.checkpoint)
      await query.reload()
      overlay.delete(given.checkpoint)
    } catch (thrown) {
      const error = CommandError.from(thrown)
      refused.set(given.checkpoint, { given, error })
      // The program may be there again in a moment; what it refused is the person's to change.
      if (error.code === 'no-answer') timer = setTimeout(() => void retry(), AGAIN_MS)
    } finally {
      saving.value -= 1
    }
  }
  async function retry() {
    clearTimeout(timer)
    for (const { given } of [...refused.values()]) await save(given)
  }
  function giveUp() {
    clearTimeout(timer)
    for (const [point] of refused) {
      overlay.delete(point)
      show(point)
    }
    refused.clear()
    closed.value = null
  }
  /** Breaks off or goes on, once all that was tapped is stored. */
  async function turn(key: string, work: () => Promise<void>) {
    trouble.value = null
    try {
      await queueUp(key, work)
      await query.reload()
    } catch (thrown) {
      trouble.value = CommandError.from(thrown)
    }
  }
  onScopeDispose(() => clearTimeout(timer))

  return {
    run,
    error: query.error,
    reload: query.reload,
    point,
    stage,
    isCalm,
    overlay,
    failed: computed(() => refused.values().next().value ?? null),
    trouble,
    stray,
    closed,
    since: computed(() => (point.value ? (stood.get(point.value.id)?.since ?? null) : null)),
    show,
    async scan(tag, how) {
      const reading = await come({ tag, how })
      if (!reading) return
      if (reading.checkpoint === null) {
        cue('strange')
        stray.value = { ...reading, tag }
        return
      }
      cue('read')
      closed.value = null
      show(reading.checkpoint)
    },
    async arrive() {
      if (!point.value || stage.value === 'there' || !isCalm.value) return
      const here = point.value.id
      if (await come({ checkpoint: here, how: 'hand' })) {
        cue('read')
        closed.value = null
        show(here)
      }
    },
    async close(result, more = {}) {
      const here = point.value
      if (!here || stage.value !== 'there' || !isCalm.value) return
      const given: VisitGiven = {
        run: id,
        checkpoint: here.id,
        how: tellHow(here),
        result,
        ...more,
      }
      stored = null
      overlay.set(here.id, result)
      closed.value = { point: here, result }
      show(nextOf(points.value, overlay, here.id)?.id ?? null)
      await save(given)
    },
    async undo() {
      const last = closed.value
      if (!last) return
      closed.value = null
      await queue.idle()
      const visit = stored
      if (visit === null) return
      try {
        await queueUp('undo', () => port.undo({ run: id, visit }))
        stored = null
        await query.reload()
        show(last.point.id)
      } catch (thrown) {
        trouble.value = CommandError.from(thrown)
      }
    },
    retry,
    giveUp,
    pause: (reason) => turn('pause', () => port.pause({ run: id, reason })),
    resume: () => turn('resume', () => port.resume(id)),
    dropStray: () => (stray.value = null),
  }
}
