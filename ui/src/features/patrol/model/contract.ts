/** What the screens of a round ask for and show: the answers of the `patrol.*` commands, by their names. */
import type { FindingRow, PersonRef, PhotoRef, PhotoView, Strokes } from '@/backend'

/** How somebody came to a point. `claimed`: the office has given a scan to it. */
export type ReadHow = 'qr' | 'nfc' | 'wedge' | 'typed' | 'hand' | 'claimed'
/** What was found there. */
export type VisitResult = 'normal' | 'abnormal'
/** Where a window of the day stands. */
export type WindowState = 'due' | 'open' | 'done' | 'missed' | 'later'

/** One window of one day of one route. */
export interface DueWindow {
  route: string
  route_name: string
  route_name_en: string | null
  /** Null for 临时, a round outside of all windows. */
  window: string | null
  window_name: string | null
  window_name_en: string | null
  /** The business day, `YYYY-MM-DD`: for a night, that of its evening. */
  day: string
  /** When it begins and ends, ms. */
  from: number
  to: number
  points: number
  covered: number
  state: WindowState
  /** Whether every device of this work has been heard from since it ended. */
  heard: boolean
  /** The run of it that is open on this device, for anybody who may walk to go on with. */
  run: { id: string; by: PersonRef | null; at: number } | null
}

/** One visit to a point. */
export interface Visit {
  id: string
  /** Its place among the visits of the run. */
  n: number
  by: PersonRef | null
  how: ReadHow
  result: VisitResult
  /** When somebody came there, ms by the clock of the tablet. */
  arrived: number
  /** How long somebody stayed, in seconds; null where that is not known. */
  stay_s: number | null
  /** Whether even the longest that it can have been is shorter than asked for. */
  short: boolean
  /** Whether it came after the window had ended. */
  late: boolean
  /** Why it was opened by hand. */
  reason: string | null
  /** 无理由: it was opened by hand, and neither a reason nor a photo says why. */
  lacks_reason: boolean
  /** 缺照片: the point asks for a photo, and there is none. */
  lacks_photo: boolean
}

/** Somebody stands at a point, and has not said how it is. */
export interface Arrival {
  at: number
  how: ReadHow
  /** How long ago that was by a clock that nobody sets, in ms; null where that is not known. */
  ago_ms: number | null
}

/** A point of the round, as it stands. */
export interface RunPoint {
  id: string
  seq: number
  name: string
  name_en: string | null
  area_name: string | null
  /** What to look at, parted by 、. */
  look_at: string | null
  look_at_en: string | null
  /** The shortest believable stay, in seconds. */
  min_seconds: number
  /** How many items may be answered there. */
  items: number
  /** Whether some of them are opened before the point can be closed. */
  must: boolean
  /** Whether a visit asks for a photo. */
  photo: boolean
  visits: Visit[]
  missed: { reason: string; by: PersonRef | null; at: number | null } | null
  arrival: Arrival | null
  /** A colleague who walks along was there: 同事已到. */
  elsewhere: { by: PersonRef | null; at: number } | null
  /** What is still open there from before. */
  findings: FindingRow[]
  /** What was photographed there. */
  photos: PhotoView[]
  /** What was written there. */
  note: string | null
}

/** A scan that belongs to no point of the round. */
export interface StrayScan {
  id: string
  tag: string
  how: ReadHow
  at: number
  /** The point that the office has given it to. */
  claimed: string | null
}

/** Somebody's name under their part of a round. */
export interface RunSign {
  by: PersonRef | null
  at: number
  strokes: Strokes
  /** Whether it says that nothing was found. */
  nil: boolean
  /** How many visits it speaks of. */
  points: number
  /** How many of them read otherwise by now, and how many visits came after it. */
  changed: number
  added: number
}

/** What of a round is covered. */
export interface Coverage {
  points: number
  covered: number
  short: number
  by_hand: number
  late: number
  missed: number
  abnormal: number
}

/** One round. */
export interface Run {
  id: string
  version: string
  route: string
  route_name: string
  route_name_en: string | null
  window: string | null
  window_name: string | null
  window_name_en: string | null
  /** The business day. */
  day: string
  from: number | null
  to: number | null
  is_night: boolean
  /** Whether it can be walked, only be finished, or is over. */
  stage: 'open' | 'closing' | 'finished' | 'void'
  /** Whether it was begun on this device: a run is written by one tablet. */
  is_here: boolean
  /** The run of a colleague that it goes along with. */
  walk: string | null
  lead: PersonRef | null
  started_at: number
  finished_at: number | null
  /** Why it was entered afterwards. */
  late_reason: string | null
  points: RunPoint[]
  next: string | null
  scans: StrayScan[]
  signs: RunSign[]
  coverage: Coverage
}

/** What reading a tag came to. */
export type Reading =
  | { checkpoint: string }
  /** It is kept with its time all the same. `old`: a label that was replaced. `other`: a point of another route. */
  | { checkpoint: null; why: 'unknown' | 'old' | 'other'; name: string | null }

/** Somebody stands at a point, or has read a tag. */
export interface ArriveGiven {
  run: string
  checkpoint?: string
  tag?: string
  how: ReadHow
}

/** How it is at a point. */
export interface VisitGiven {
  run: string
  checkpoint: string
  how: ReadHow
  result: VisitResult
  /** Why it was opened by hand. */
  reason?: string
  /** The findings that are still as they were: 仍在. */
  still?: string[]
  /** What was seen, where no item says it. */
  note?: string
  photos?: PhotoRef[]
}

export interface VisitSaved {
  /** By which it is taken back. */
  visit: string | null
  next: string | null
}

export interface FinishGiven {
  run: string
  missed: { checkpoint: string; reason: string }[]
  signature?: Strokes
}

/** Which round is begun. */
export interface StartGiven {
  route: string
  window?: string
  day?: string
  /** The run of a colleague with whom somebody walks along. */
  walk?: string
  /** Why it is entered afterwards. */
  late_reason?: string
}
