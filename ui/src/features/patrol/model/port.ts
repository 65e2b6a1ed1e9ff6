/** The one way of the screens of a round to the engine. */
import type { InjectionKey } from 'vue'
import type { PhotoRef } from '@/backend'
import type { PlaceForm, FormPort } from '@/shared/form/port'
import type {
  ArriveGiven,
  Before,
  DueWindow,
  FinishGiven,
  Invitation,
  Joined,
  Reading,
  Run,
  SignGiven,
  StartGiven,
  VisitGiven,
  VisitSaved,
} from './contract'

/** All of them throw a `CommandError` when they are refused, or when nothing answers. */
export interface PatrolPort {
  /** The windows of the business day, those of the night before included while they can be walked. */
  due: () => Promise<DueWindow[]>
  get: (run: string) => Promise<Run>
  /** Begins a round, or gives the one that is open on this device for the same window. */
  start: (given: StartGiven) => Promise<{ id: string }>
  /** What the screen of a run shows to a colleague's tablet. */
  invite: (run: string) => Promise<Invitation>
  /** Takes part in a walk by what a colleague's screen shows: a run of one's own, or the one that is open here for it. */
  join: (code: string) => Promise<Pick<Joined, 'id' | 'reached'>>
  /** What is known before the first point. */
  before: (run: string) => Promise<Before>
  pause: (given: { run: string; reason: string }) => Promise<void>
  resume: (run: string) => Promise<void>
  /** Whether a tag is bound to a point of the campus, or was. */
  knows: (tag: string) => Promise<boolean>
  /** Makes it durable that somebody stands at a point. */
  arrive: (given: ArriveGiven) => Promise<Reading>
  visit: (given: VisitGiven) => Promise<VisitSaved>
  /** Takes a visit back. */
  undo: (given: { run: string; visit: string }) => Promise<void>
  /** 另一处: what fails at a point is another one than what is open there. */
  another: (given: { run: string; checkpoint: string; item: string }) => Promise<void>
  /** 当场已改: a photo shows how it looks now. */
  fixed: (given: { finding: string; photos: PhotoRef[] }) => Promise<void>
  finish: (given: FinishGiven) => Promise<void>
  /** A name under a round: for one's own part, or as the second. */
  sign: (given: SignGiven) => Promise<void>
  /** The items of a point, at their place in the run. */
  form: (run: string, checkpoint: string) => FormPort<PlaceForm>
}

/** Under which a test provides another engine. */
export const PATROL: InjectionKey<PatrolPort> = Symbol('patrol')
