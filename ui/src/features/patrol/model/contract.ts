/** What the screens of a round show and give, by the names that they use. */
import type { Answer, Arguments, PatrolStray } from '@/backend'

export type {
  PatrolBefore as Before,
  PatrolHow as TellHow,
  PatrolInvitation as Invitation,
  PatrolJoined as Joined,
  PatrolPause as Pause,
  PatrolPoint as RunPoint,
  PatrolResult as VisitResult,
  PatrolRun as Run,
  PatrolVisit as Visit,
  PatrolWindow as DueWindow,
} from '@/backend'

/** What reading a tag came to: a point, or why it is none of the round; it is kept with its time all the same. */
export type Reading = { checkpoint: string } | { checkpoint: null; why: PatrolStray; name: string | null }

/** Which round is begun. */
export type StartGiven = Arguments<'patrol.start'>
/** Somebody stands at a point, or has read a tag. */
export type ArriveGiven = Arguments<'patrol.arrive'>
/** How it is at a point. */
export type VisitGiven = Arguments<'patrol.visit'> & { checkpoint: string }
export type VisitSaved = Pick<Answer<'patrol.visit'>, 'visit' | 'next'>
export type FinishGiven = Arguments<'patrol.finish'>
export type SignGiven = Arguments<'patrol.sign'>
