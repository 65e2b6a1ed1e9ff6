// Made by `npm run bindings -w ui` from the commands that the Rust side declares; do not edit.

/** Every command that a screen may call, with what it takes and gives. */
export interface Commands {
  /** Tells what was sent and received, and what waits, without the network. */
  'sync.status': { arguments: SyncStatusArguments; answer: SyncStatus }
  /** Lists what waits to be sent, oldest first. */
  'sync.queue': { arguments: SyncQueueArguments; answer: Queue }
  /** Gives every rejected record another try with the next exchange. */
  'sync.retry': { arguments: SyncRetryArguments; answer: Queue }
  /** Gives what is left to do on a campus today, with conflicts and queue. */
  'today.get': { arguments: TodayGetArguments; answer: Today }
  /** Starts a checklist on one subject and gives its form. */
  'inspection.start': { arguments: InspectionStartArguments; answer: FormView }
  /** Joins a joint inspection, whether or not it has arrived here. */
  'inspection.join': { arguments: InspectionJoinArguments; answer: FormView }
  /** Lists inspections, newest first. */
  'inspection.list': { arguments: InspectionListArguments; answer: InspectionPage }
  /** Gives an inspection as a form, with score, gaps and conflicts. */
  'inspection.get': { arguments: InspectionGetArguments; answer: FormView }
  /** Answers one item; what is not understood is refused and changes nothing. */
  'inspection.answer': { arguments: InspectionAnswerArguments; answer: Filled }
  /** Writes the note of one item. */
  'inspection.note': { arguments: InspectionNoteArguments; answer: Filled }
  /** Fills the unanswered items of a section with 合格, red lines and measured values left out. */
  'inspection.rest': { arguments: InspectionRestArguments; answer: Filled }
  /** Takes back the last answer that this device gave to an item or section. */
  'inspection.undo': { arguments: InspectionUndoArguments; answer: Filled }
  /** Submits a complete form, or an incomplete one for a reason. */
  'inspection.submit': { arguments: InspectionSubmitArguments; answer: FormView }
  /** Corrects a submitted form by a new entry; the original stays readable. */
  'inspection.correct': { arguments: InspectionCorrectArguments; answer: FormView }
  /** Voids an inspection by a new entry; the original stays readable. */
  'inspection.void': { arguments: InspectionVoidArguments; answer: FormView }
  /** Lists findings, what is due first first. */
  'finding.list': { arguments: FindingListArguments; answer: FindingPage }
  /** Gives a finding with its steps, breaches and what may be done next. */
  'finding.get': { arguments: FindingGetArguments; answer: FindingView }
  /** Reports a finding that no checklist has found. */
  'finding.report': { arguments: FindingReportArguments; answer: FindingView }
  /** Takes a step: assigns, accepts, fixes, re-checks, returns, closes and so on. */
  'finding.step': { arguments: FindingStepArguments; answer: FindingView }
  /** Lists what people saved differently without knowing of each other. */
  'conflict.list': { arguments: ConflictListArguments; answer: Conflicts }
  /** Ends a conflict with one of its values, or a new one. */
  'conflict.resolve': { arguments: ConflictResolveArguments; answer: Kept }
  /** Finds records by Chinese words, pinyin initials, Latin words or numbers. */
  'search.find': { arguments: SearchFindArguments; answer: Hits }
  /** Lists people with the roles that they have on a campus today. */
  'person.list': { arguments: PersonListArguments; answer: PersonPage }
  /** Adds a person, or changes one. */
  'person.save': { arguments: PersonSaveArguments; answer: Kept }
  /** Gives a person a role on a campus, or changes how long it lasts. */
  'person.grant': { arguments: PersonGrantArguments; answer: Kept }
  /** Tells who works on this device, and what they may do. */
  'person.current': { arguments: PersonCurrentArguments; answer: Worker }
  /** Switches this device to another person, or to nobody. */
  'person.switch': { arguments: PersonSwitchArguments; answer: Worker }
  /** Sets a person's PIN. */
  'pin.set': { arguments: PinSetArguments; answer: Done }
  /** Tells whether a PIN is right; wrong tries make the next ones wait. */
  'pin.check': { arguments: PinCheckArguments; answer: Checked }
  /** Lists the campuses, and tells which one this device serves. */
  'campus.list': { arguments: CampusListArguments; answer: Campuses }
  /** Adds a campus, or changes one. */
  'campus.save': { arguments: CampusSaveArguments; answer: Kept }
  /** Chooses the campus that this device serves. */
  'campus.use': { arguments: CampusUseArguments; answer: Campuses }
  /** Lists the areas of a campus. */
  'area.list': { arguments: AreaListArguments; answer: AreaPage }
  /** Adds an area, or changes one. */
  'area.save': { arguments: AreaSaveArguments; answer: Kept }
  /** Lists the checklists for a campus. */
  'template.list': { arguments: TemplateListArguments; answer: Templates }
  /** Gives a checklist with the limits that hold on a campus. */
  'template.get': { arguments: TemplateGetArguments; answer: TemplateView }
  /** Lists every setting with its value, its default and the rule behind it. */
  'setting.list': { arguments: SettingListArguments; answer: SettingList }
  /** Changes a setting of a campus; what is laxer than the rule is refused. */
  'setting.set': { arguments: SettingSetArguments; answer: SettingList }
}

/**
 * Milliseconds since 1970 UTC, from outside: any number until it is checked.
 */
export type Millis = number
/**
 * How an inspection came about.
 */
export type Mode = ("routine" | "spot" | "random" | "joint")
/**
 * Where an inspection stands.
 */
export type StageName = ("open" | "submitted" | "void")
/**
 * How an answer came about.
 */
export type How = "late"

/**
 * No arguments.
 */
export interface SyncStatusArguments {

}
/**
 * The state of the exchange with the server.
 */
export interface SyncStatus {
/**
 * Whether all of it is true at once: nothing waits, nothing was rejected, and the feed was read to its end.
 */
all_synced: boolean
/**
 * Conflicts that ask for a decision.
 */
conflicts: number
/**
 * How far the feed was read; opaque.
 */
cursor?: (string | null)
/**
 * The id that the server gave this device; null before enrolment.
 */
device?: (string | null)
/**
 * What stopped the last exchange.
 */
last_problem?: {
[k: string]: unknown
}
/**
 * When an exchange last ended well, ms since 1970 UTC.
 */
last_success_at?: (number | null)
/**
 * Records in the outbox, rejected ones included.
 */
pending: number
/**
 * Photos and scans that wait to be sent.
 */
pending_blobs: number
/**
 * Records that the last exchange received.
 */
pulled: number
/**
 * Records that the last exchange sent and the server took.
 */
pushed: number
/**
 * Records that the server did not take.
 */
rejected: number
/**
 * The replica id of this store.
 */
replica: string
}
export interface SyncQueueArguments {
/**
 * 1 to 1,000; 200 when left out.
 */
limit?: (number | null)
}
/**
 * One record that waits.
 */
export interface QueueItem {
attempts: number
bytes: number
id: string
kind: string
queued_at: number
rejected?: unknown
relay: boolean
}
export interface Queue {
items: QueueItem[]
}
/**
 * No arguments.
 */
export interface SyncRetryArguments {

}
/**
 * Arguments of `today.get`.
 */
export interface TodayGetArguments {
/**
 * The campus; left out, that of this device.
 */
campus?: (string | null)
}
/**
 * How many there are.
 */
export interface Counts {
/**
 * Those that wait for a re-check.
 */
awaiting_recheck: number
/**
 * Findings on which something is left to do.
 */
findings: number
/**
 * Those that the person who works has to deal with.
 */
mine: number
/**
 * Open forms.
 */
open: number
/**
 * Those whose time is over.
 */
overdue: number
/**
 * Forms of today that were submitted.
 */
submitted_today: number
}
/**
 * What a list shows of a finding.
 */
export interface FindingRow {
/**
 * Where: the id of a record, or words.
 */
area?: (string | null)
/**
 * What people call that.
 */
area_name?: (string | null)
/**
 * Who has it.
 */
assignee?: (PersonRef | null)
/**
 * What it is about, such as `food`.
 */
category?: (string | null)
/**
 * What is wrong.
 */
description?: (string | null)
/**
 * Until when it must be put right, ms since 1970 UTC.
 */
due?: (number | null)
/**
 * When it was found, ms since 1970 UTC.
 */
found_at?: (number | null)
/**
 * Who found it.
 */
found_by?: (PersonRef | null)
/**
 * The finding.
 */
id: string
/**
 * The inspection that it comes from.
 */
inspection?: (string | null)
/**
 * Whether somebody still has to do something.
 */
is_open: boolean
/**
 * 停用: the thing must not be used.
 */
is_out_of_service: boolean
/**
 * Whether its time is over.
 */
is_overdue: boolean
/**
 * The checklist item that it comes from.
 */
item?: (string | null)
/**
 * The campus.
 */
scope?: (string | null)
/**
 * How bad it is, `L1` to `L4`.
 */
severity?: (string | null)
/**
 * Where it stands: `unassigned`, `assigned`, `in_progress`, `awaiting_recheck`, `closed`, `returned`, `deferred`,
 * `voided` or `corrected_on_spot`.
 */
state: string
/**
 * The same in Chinese.
 */
state_zh: string
}
/**
 * A person as a screen shows one.
 */
export interface PersonRef {
/**
 * The id, or the name on the command line, under which the record has the person.
 */
id: string
/**
 * The name, where a record of the person is here.
 */
name?: (string | null)
}
/**
 * One inspection in a list.
 */
export interface InspectionRow {
/**
 * The day it counts for, `YYYY-MM-DD`.
 */
business_date?: (string | null)
/**
 * Its code, where the checklist is known here.
 */
code?: (string | null)
/**
 * Who started it.
 */
created_by?: (PersonRef | null)
/**
 * The inspection.
 */
id: string
/**
 * Whether it was entered afterwards (补录).
 */
late: boolean
/**
 * `routine`, `spot`, `random` or `joint`.
 */
mode?: (string | null)
/**
 * When it happened, ms since 1970 UTC.
 */
occurred_at?: (number | null)
/**
 * What forms of one round share.
 */
round?: (string | null)
/**
 * The campus.
 */
scope?: (string | null)
/**
 * `open`, `submitted` or `void`.
 */
stage: string
/**
 * What it is about: the id of a record, or words.
 */
subject?: (string | null)
/**
 * What people call that.
 */
subject_name?: (string | null)
/**
 * The reference of the checklist, such as `T01@1`.
 */
template: string
/**
 * Its Chinese title.
 */
title?: (string | null)
/**
 * Its English title.
 */
title_en?: (string | null)
}
/**
 * What is left to do.
 */
export interface Today {
/**
 * Today, `YYYY-MM-DD`, by the time zone of the campus.
 */
business_date: string
/**
 * Who works.
 */
by?: (PersonRef | null)
/**
 * The campus; null when it is not settled which one this device serves.
 */
campus?: (string | null)
/**
 * Its name.
 */
campus_name?: (string | null)
counts: Counts1
/**
 * The findings that are due by the end of today; twenty at most.
 */
due: FindingRow[]
/**
 * The forms to resume, newest first; twenty at most.
 */
open: InspectionRow[]
/**
 * The findings whose time is over, the longest first; twenty at most.
 */
overdue: FindingRow[]
sync: SyncStatus1
}
/**
 * How many there are.
 */
export interface Counts1 {
/**
 * Those that wait for a re-check.
 */
awaiting_recheck: number
/**
 * Findings on which something is left to do.
 */
findings: number
/**
 * Those that the person who works has to deal with.
 */
mine: number
/**
 * Open forms.
 */
open: number
/**
 * Those whose time is over.
 */
overdue: number
/**
 * Forms of today that were submitted.
 */
submitted_today: number
}
/**
 * What waits to be sent, and the conflicts that ask.
 */
export interface SyncStatus1 {
/**
 * Whether all of it is true at once: nothing waits, nothing was rejected, and the feed was read to its end.
 */
all_synced: boolean
/**
 * Conflicts that ask for a decision.
 */
conflicts: number
/**
 * How far the feed was read; opaque.
 */
cursor?: (string | null)
/**
 * The id that the server gave this device; null before enrolment.
 */
device?: (string | null)
/**
 * What stopped the last exchange.
 */
last_problem?: {
[k: string]: unknown
}
/**
 * When an exchange last ended well, ms since 1970 UTC.
 */
last_success_at?: (number | null)
/**
 * Records in the outbox, rejected ones included.
 */
pending: number
/**
 * Photos and scans that wait to be sent.
 */
pending_blobs: number
/**
 * Records that the last exchange received.
 */
pulled: number
/**
 * Records that the last exchange sent and the server took.
 */
pushed: number
/**
 * Records that the server did not take.
 */
rejected: number
/**
 * The replica id of this store.
 */
replica: string
}
/**
 * Arguments of `inspection.start`.
 */
export interface InspectionStartArguments {
/**
 * The id that the inspection gets; a new one when left out. The same start again gives the form that is there.
 */
id?: (string | null)
/**
 * Why it is entered afterwards.
 */
late_reason?: (string | null)
/**
 * How it came about; `routine` when left out.
 */
mode?: ("routine" | "spot" | "random" | "joint")
/**
 * When it happened, ms since 1970 UTC; now when left out. Earlier by more than an hour makes it 补录, which takes a reason.
 */
occurred_at?: (Millis | null)
/**
 * What the forms of one round share, such as the morning check of thirty people.
 */
round?: (string | null)
/**
 * The campus; left out, that of this device.
 */
scope?: (string | null)
/**
 * What it is about: the id of an area, asset, meal or person, or words where there is no record.
 */
subject?: (string | null)
/**
 * The checklist: `T01@1`, `T15:D@1` for a daily part, or the id of a template version.
 */
template: string
}
/**
 * One of the values that a field has while people disagree.
 */
export interface ConflictValue {
/**
 * When, ms since 1970 UTC by the clock of the device.
 */
at: number
/**
 * Who wrote it.
 */
by?: (PersonRef | null)
/**
 * Whether readers take it meanwhile.
 */
counts: boolean
/**
 * The replica id of the device's store.
 */
device: string
/**
 * What people call the device, where that is known here.
 */
device_name?: (string | null)
/**
 * Its number, to be given as `take`.
 */
index: number
/**
 * Whether it was written on this device.
 */
is_here: boolean
/**
 * The value in plain words.
 */
text: string
/**
 * What was written.
 */
value: {
[k: string]: unknown
}
}
/**
 * One correction.
 */
export interface CorrectionView {
/**
 * When, ms since 1970 UTC.
 */
at: number
/**
 * Who.
 */
by?: (PersonRef | null)
/**
 * The field it corrects.
 */
field: string
/**
 * The value before any correction.
 */
original: {
[k: string]: unknown
}
/**
 * Why.
 */
reason?: (string | null)
/**
 * Whether it counts, or a later one took its place.
 */
stands: boolean
/**
 * The value it puts in place.
 */
value: {
[k: string]: unknown
}
}
/**
 * One item with its answer.
 */
export interface ItemView {
/**
 * When, ms since 1970 UTC by the clock of the device.
 */
at?: (number | null)
/**
 * Who gave the latest answer.
 */
by?: (PersonRef | null)
/**
 * Whether this device can take the last answer back.
 */
can_undo: boolean
/**
 * Its code.
 */
code: string
/**
 * The values that different people gave, latest first; empty when they agree.
 */
conflict: ConflictValue[]
/**
 * How to judge it.
 */
criterion: string
/**
 * How long a failure may stand, such as `3d`.
 */
due?: (string | null)
/**
 * The points it earned; null while it is not judged or where it is not scored.
 */
earned?: (string | null)
/**
 * Its finding, where there is one.
 */
finding?: (string | null)
/**
 * Empty, `batch` or `late`.
 */
how: string
/**
 * The unit and limits that hold here and now; null for what is not measured or not limited yet.
 */
limits?: (LimitsView | null)
/**
 * The item to answer first, where the limits depend on the disinfection method.
 */
limits_wait_for?: (string | null)
/**
 * The points it can earn; null where it is not scored.
 */
max?: (number | null)
/**
 * What it still needs: `answer`, `readable_answer`, `method`, `photo` or `note`.
 */
missing: unknown[]
/**
 * The note.
 */
note?: (string | null)
/**
 * The options of a choice.
 */
options: string[]
/**
 * The value before any correction, where there was one.
 */
original?: {
[k: string]: unknown
}
/**
 * Whether it passed; null while it is not judged.
 */
passed?: (boolean | null)
/**
 * `optional`, `always` or `when_failed`.
 */
photo: string
/**
 * How many photos there are.
 */
photos: number
/**
 * The answer that counts; null when there is none.
 */
result: {
[k: string]: unknown
}
/**
 * How bad a failure is, `L1` to `L4`.
 */
severity?: (string | null)
/**
 * How many different people must sign.
 */
signers?: (number | null)
/**
 * `not_asked`, `unanswered`, `not_applicable`, `needs_method`, `ill_typed` or `judged`.
 */
status: {
[k: string]: unknown
}
/**
 * What is checked.
 */
text: string
/**
 * `pass_fail`, `score`, `number`, `temperature`, `time`, `choice`, `text`, `signature` or `assets`.
 */
type: string
}
/**
 * Unit and limits; both limits are included.
 */
export interface LimitsView {
/**
 * The upper limit.
 */
max?: (string | null)
/**
 * The lower limit.
 */
min?: (string | null)
/**
 * The unit.
 */
unit: string
}
/**
 * One thing that an item still needs.
 */
export interface Missing {
/**
 * The item.
 */
item: string
/**
 * `answer`, `readable_answer`, `method`, `photo` or `note`.
 */
needs: {
[k: string]: unknown
}
}
/**
 * Somebody, at some time.
 */
export interface Moment {
/**
 * When, ms since 1970 UTC.
 */
at: number
/**
 * The id, or the name on the command line, under which the record has the person.
 */
id: string
/**
 * The name, where a record of the person is here.
 */
name?: (string | null)
}
/**
 * Somebody's reason.
 */
export interface Reason {
/**
 * When, ms since 1970 UTC.
 */
at?: (number | null)
/**
 * Who.
 */
by?: (PersonRef | null)
/**
 * Why.
 */
reason?: (string | null)
}
/**
 * The score of a form.
 */
export interface ScoreView {
/**
 * How many items are answered.
 */
answered: number
/**
 * The points that the answered items could earn.
 */
answered_max: string
/**
 * How many apply.
 */
applicable: number
/**
 * The points earned.
 */
earned: string
/**
 * The items that failed.
 */
failed: string[]
/**
 * Percent when nothing more is answered.
 */
final_percent?: (string | null)
/**
 * The verdict when nothing more is answered.
 */
final_verdict: {
[k: string]: unknown
}
/**
 * Percent of what is answered, to one place; null for an unscored form.
 */
percent?: (string | null)
/**
 * Those of them that cross the red line.
 */
red_lines: string[]
/**
 * `fail`, `pass`, `good` or `recorded`, on what is answered.
 */
verdict: {
[k: string]: unknown
}
/**
 * The same in Chinese.
 */
verdict_zh: string
}
/**
 * One heading of a form.
 */
export interface SectionView {
/**
 * How many of its items are answered.
 */
answered: number
/**
 * How many are asked.
 */
asked: number
/**
 * How many failed.
 */
failed: number
/**
 * How many things its items still need.
 */
gaps: number
/**
 * Its items.
 */
items: ItemView[]
/**
 * The items that "rest is fine" would fill.
 */
rest: string[]
/**
 * The heading.
 */
section: string
}
/**
 * An inspection as a form.
 */
export interface FormView {
/**
 * The day it counts for, `YYYY-MM-DD`.
 */
business_date?: (string | null)
/**
 * Its code, where the checklist is known here.
 */
code?: (string | null)
/**
 * Corrections since the submit, oldest first.
 */
corrections: CorrectionView[]
/**
 * Who started it.
 */
created_by?: (PersonRef | null)
/**
 * The findings of its items.
 */
findings: FindingRow[]
/**
 * The inspection.
 */
id: string
/**
 * Why it was submitted though something was missing; empty unless it was.
 */
incomplete: Reason[]
/**
 * Whether it was entered afterwards (补录).
 */
late: boolean
/**
 * What is still needed before it can be submitted, in order.
 */
missing: Missing[]
/**
 * `routine`, `spot`, `random` or `joint`.
 */
mode?: (string | null)
/**
 * The item to go to next; null when nothing is missing.
 */
next_gap?: (string | null)
/**
 * When it happened, ms since 1970 UTC.
 */
occurred_at?: (number | null)
/**
 * Who takes part, with the time of joining, earliest first.
 */
people: Moment[]
/**
 * What forms of one round share.
 */
round?: (string | null)
/**
 * The campus.
 */
scope?: (string | null)
score: ScoreView1
/**
 * The items by section, in order.
 */
sections: SectionView[]
/**
 * `open`, `submitted` or `void`.
 */
stage: string
/**
 * What it is about: the id of a record, or words.
 */
subject?: (string | null)
/**
 * What people call that.
 */
subject_name?: (string | null)
/**
 * Who has submitted, earliest first.
 */
submits: Moment[]
/**
 * The reference of the checklist, such as `T01@1`.
 */
template: string
/**
 * Its Chinese title.
 */
title?: (string | null)
/**
 * Its English title.
 */
title_en?: (string | null)
/**
 * Give it back as `seen` with the next answer.
 */
version: string
/**
 * Why it is void; empty unless it is.
 */
voids: Reason[]
}
/**
 * Score and verdict so far.
 */
export interface ScoreView1 {
/**
 * How many items are answered.
 */
answered: number
/**
 * The points that the answered items could earn.
 */
answered_max: string
/**
 * How many apply.
 */
applicable: number
/**
 * The points earned.
 */
earned: string
/**
 * The items that failed.
 */
failed: string[]
/**
 * Percent when nothing more is answered.
 */
final_percent?: (string | null)
/**
 * The verdict when nothing more is answered.
 */
final_verdict: {
[k: string]: unknown
}
/**
 * Percent of what is answered, to one place; null for an unscored form.
 */
percent?: (string | null)
/**
 * Those of them that cross the red line.
 */
red_lines: string[]
/**
 * `fail`, `pass`, `good` or `recorded`, on what is answered.
 */
verdict: {
[k: string]: unknown
}
/**
 * The same in Chinese.
 */
verdict_zh: string
}
/**
 * Arguments of `inspection.join`.
 */
export interface InspectionJoinArguments {
/**
 * The inspection, as the lead's screen shows it.
 */
id: string
/**
 * The campus; left out, that of this device.
 */
scope?: (string | null)
/**
 * What it is about, as the lead's screen shows it.
 */
subject?: (string | null)
/**
 * Its checklist, as the lead's screen shows it.
 */
template: string
}
/**
 * Arguments of `inspection.list`.
 */
export interface InspectionListArguments {
/**
 * The `next` of the page before.
 */
after?: (string | null)
/**
 * Only those of this business day, `YYYY-MM-DD`.
 */
day?: (string | null)
/**
 * 1 to 1,000; 200 when left out.
 */
limit?: (number | null)
/**
 * Only those of this campus.
 */
scope?: (string | null)
/**
 * Only those that stand here; all when left out.
 */
stage?: (StageName | null)
/**
 * Only those on this checklist, such as `T01@1`.
 */
template?: (string | null)
}
/**
 * A page of inspections.
 */
export interface InspectionPage {
/**
 * The inspections, newest first.
 */
inspections: InspectionRow[]
/**
 * Where the next page starts; null at the end.
 */
next?: (string | null)
}
/**
 * Arguments of `inspection.get`.
 */
export interface InspectionGetArguments {
/**
 * The inspection.
 */
id: string
}
/**
 * Arguments of `inspection.answer`.
 */
export interface InspectionAnswerArguments {
/**
 * `late` for an answer that is entered afterwards.
 */
how?: (How | null)
/**
 * The inspection.
 */
id: string
/**
 * The code of the item, such as `T01.07`.
 */
item: string
/**
 * A note to write with it; an empty one takes the note away.
 */
note?: (string | null)
/**
 * The answer by the type of the item: `"pass"`, `"fail"`; points; a reading (`"74.2"`, `"７４，２℃"`) or a list of readings
 * `{"v", "of", "retest"}`; `"07:30"`; an option; text; strokes; asset lines. `"na"` for any type; null for no answer.
 */
result: {
[k: string]: unknown
}
/**
 * What the form has seen: its `version`. Left out, the record as it is when the command is called.
 */
seen?: (string | null)
}
/**
 * What a form shows anew after a change of some items.
 */
export interface Filled {
/**
 * The inspection.
 */
id: string
/**
 * The items that were written, as they stand now.
 */
items: ItemView[]
/**
 * How many things are still missing.
 */
missing: number
/**
 * The next item that needs something.
 */
next_gap?: (string | null)
score: ScoreView2
/**
 * The results before, by item; what `inspection.undo` goes back to.
 */
undo: {
[k: string]: unknown
}
/**
 * Give it back as `seen` with the next answer of the same form.
 */
version: string
}
/**
 * Score and verdict so far.
 */
export interface ScoreView2 {
/**
 * How many items are answered.
 */
answered: number
/**
 * The points that the answered items could earn.
 */
answered_max: string
/**
 * How many apply.
 */
applicable: number
/**
 * The points earned.
 */
earned: string
/**
 * The items that failed.
 */
failed: string[]
/**
 * Percent when nothing more is answered.
 */
final_percent?: (string | null)
/**
 * The verdict when nothing more is answered.
 */
final_verdict: {
[k: string]: unknown
}
/**
 * Percent of what is answered, to one place; null for an unscored form.
 */
percent?: (string | null)
/**
 * Those of them that cross the red line.
 */
red_lines: string[]
/**
 * `fail`, `pass`, `good` or `recorded`, on what is answered.
 */
verdict: {
[k: string]: unknown
}
/**
 * The same in Chinese.
 */
verdict_zh: string
}
/**
 * Arguments of `inspection.note`.
 */
export interface InspectionNoteArguments {
/**
 * The inspection.
 */
id: string
/**
 * The code of the item.
 */
item: string
/**
 * The note; an empty one takes the note away.
 */
note: string
/**
 * What the form has seen; left out, the record as it is when the command is called.
 */
seen?: (string | null)
}
/**
 * Arguments of `inspection.rest`.
 */
export interface InspectionRestArguments {
/**
 * The inspection.
 */
id: string
/**
 * The heading of the section.
 */
section: string
/**
 * What the form has seen; left out, the record as it is when the command is called.
 */
seen?: (string | null)
}
/**
 * Arguments of `inspection.undo`: an item, or a section that "rest is fine" has filled.
 */
export interface InspectionUndoArguments {
/**
 * The inspection.
 */
id: string
/**
 * The code of the item.
 */
item?: (string | null)
/**
 * The heading of the section, to take back all that "rest is fine" filled there.
 */
section?: (string | null)
/**
 * What the form has seen; it grows by the undo alone. Left out, the record as it is when the command is called.
 */
seen?: (string | null)
}
/**
 * Arguments of `inspection.submit`.
 */
export interface InspectionSubmitArguments {
/**
 * The inspection.
 */
id: string
/**
 * Why it is submitted though something is missing; it is kept with the form. Left out, a form with gaps is refused.
 */
reason?: (string | null)
/**
 * What the form has seen; left out, the record as it is when the command is called.
 */
seen?: (string | null)
}
/**
 * Arguments of `inspection.correct`: an item, or a field.
 */
export interface InspectionCorrectArguments {
/**
 * The field that is corrected, such as `answers/T01.07/note` or `subject`.
 */
field?: (string | null)
/**
 * The inspection.
 */
id: string
/**
 * The code of the item whose result is corrected.
 */
item?: (string | null)
/**
 * Why.
 */
reason: string
/**
 * What stands there from now on.
 */
value: {
[k: string]: unknown
}
}
/**
 * Arguments of `inspection.void`.
 */
export interface InspectionVoidArguments {
/**
 * The inspection.
 */
id: string
/**
 * Why.
 */
reason: string
}
/**
 * Arguments of `finding.list`.
 */
export interface FindingListArguments {
/**
 * The `next` of the page before.
 */
after?: (string | null)
/**
 * Only those of this inspection.
 */
inspection?: (string | null)
/**
 * 1 to 1,000; 200 when left out. A page of overdue ones may be shorter and still have a next.
 */
limit?: (number | null)
/**
 * Only those that the person who works has to deal with.
 */
mine?: boolean
/**
 * Only those whose time is over.
 */
overdue?: boolean
/**
 * Only those of this campus.
 */
scope?: (string | null)
/**
 * `open` for all on which something is left to do, or a state such as `awaiting_recheck`; all when left out.
 */
state?: (string | null)
}
/**
 * A page of findings.
 */
export interface FindingPage {
/**
 * The findings, what is due first first.
 */
findings: FindingRow[]
/**
 * Where the next page starts; null at the end.
 */
next?: (string | null)
}
/**
 * Arguments of `finding.get`.
 */
export interface FindingGetArguments {
/**
 * The finding.
 */
id: string
}
/**
 * A step that broke a rule.
 */
export interface BreachView {
by: PersonRef1
/**
 * `rechecked_by_fixer`, `self_closed_without_photo`, `closed_without_fix`, `granted_own_extension`, `not_allowed` or
 * `unknown_step`.
 */
kind: string
/**
 * The step.
 */
step: string
}
/**
 * A person as a screen shows one.
 */
export interface PersonRef1 {
/**
 * The id, or the name on the command line, under which the record has the person.
 */
id: string
/**
 * The name, where a record of the person is here.
 */
name?: (string | null)
}
/**
 * A step that may be taken.
 */
export interface NextStep {
/**
 * The same as a code.
 */
code: string
/**
 * As it is stored and shown.
 */
step: string
}
/**
 * A step without effect on the state.
 */
export interface OverruledView {
/**
 * The step.
 */
step: string
/**
 * `returned_meanwhile`, `repair_stands`, `void_contested`, `work_goes_on` or `closed`.
 */
why: string
}
/**
 * One step.
 */
export interface StepView {
/**
 * The steps that its author saw.
 */
after: string[]
/**
 * To whom it gives the finding.
 */
assignee?: (PersonRef | null)
/**
 * When, ms since 1970 UTC.
 */
at: number
/**
 * Whether the form took it by itself, by an answer.
 */
auto: boolean
by: PersonRef2
/**
 * The same as a code.
 */
code?: (string | null)
/**
 * What it cost, in yuan.
 */
cost?: (string | null)
/**
 * The time it grants or asks for, ms since 1970 UTC.
 */
due?: (number | null)
/**
 * Its id; `after` of a later step names it.
 */
id: string
/**
 * What its author says.
 */
note?: (string | null)
/**
 * How many photos it has.
 */
photos: number
/**
 * What it does, as it is stored and shown.
 */
step: string
}
/**
 * A person as a screen shows one.
 */
export interface PersonRef2 {
/**
 * The id, or the name on the command line, under which the record has the person.
 */
id: string
/**
 * The name, where a record of the person is here.
 */
name?: (string | null)
}
/**
 * A finding with its history.
 */
export interface FindingView {
/**
 * Where: the id of a record, or words.
 */
area?: (string | null)
/**
 * What people call that.
 */
area_name?: (string | null)
/**
 * Who has it.
 */
assignee?: (PersonRef | null)
/**
 * The steps that broke a rule; shown, never rejected.
 */
breaches: BreachView[]
/**
 * What it is about, such as `food`.
 */
category?: (string | null)
/**
 * What is wrong.
 */
description?: (string | null)
/**
 * Until when it must be put right, ms since 1970 UTC.
 */
due?: (number | null)
/**
 * `none`, `requested` or `granted`.
 */
extension: string
/**
 * When it was found, ms since 1970 UTC.
 */
found_at?: (number | null)
/**
 * Who found it.
 */
found_by?: (PersonRef | null)
/**
 * 临时措施: it was made safe for the time being.
 */
has_stopgap: boolean
/**
 * The finding.
 */
id: string
/**
 * The inspection that it comes from.
 */
inspection?: (string | null)
/**
 * Whether somebody still has to do something.
 */
is_open: boolean
/**
 * 停用: the thing must not be used.
 */
is_out_of_service: boolean
/**
 * Whether its time is over.
 */
is_overdue: boolean
/**
 * The checklist item that it comes from.
 */
item?: (string | null)
/**
 * What the person who works may do next, in the order in which a screen offers it.
 */
next_steps: NextStep[]
/**
 * The steps without effect on the state.
 */
overruled: OverruledView[]
/**
 * The campus.
 */
scope?: (string | null)
/**
 * How bad it is, `L1` to `L4`.
 */
severity?: (string | null)
/**
 * Where it comes from: `inspection`, `patrol`, `meal`, `report`, `visitor` or `notice119`.
 */
source?: (string | null)
/**
 * Where it stands: `unassigned`, `assigned`, `in_progress`, `awaiting_recheck`, `closed`, `returned`, `deferred`,
 * `voided` or `corrected_on_spot`.
 */
state: string
/**
 * The same in Chinese.
 */
state_zh: string
/**
 * The steps, by time.
 */
steps: StepView[]
/**
 * Give it back as `seen` with a save of plain fields.
 */
version: string
}
/**
 * Arguments of `finding.report`.
 */
export interface FindingReportArguments {
/**
 * Where: the id of an area, or words.
 */
area?: (string | null)
/**
 * The asset it is about.
 */
asset?: (string | null)
/**
 * `fire`, `electric`, `water`, `structure`, `food`, `hygiene`, `security`, `equipment`, `asset`, `green` or `other`, which it is
 * when left out.
 */
category?: (string | null)
/**
 * 现场已改: it was put right on the spot.
 */
corrected_on_spot?: boolean
/**
 * What is wrong.
 */
description: string
/**
 * Until when it must be put right, ms since 1970 UTC; by its severity when left out, and never later than that.
 */
due?: (Millis | null)
/**
 * When it was found, ms since 1970 UTC; now when left out.
 */
found_at?: (Millis | null)
/**
 * The id that the finding gets; a new one when left out. The same report again gives the finding that is there.
 */
id?: (string | null)
/**
 * The campus; left out, that of this device.
 */
scope?: (string | null)
/**
 * `L1` to `L4`; `L2` when left out.
 */
severity?: (string | null)
/**
 * `report`, `visitor`, `notice119`, `patrol` or `meal`; `report` when left out.
 */
source?: (string | null)
}
/**
 * Arguments of `finding.step`.
 */
export interface FindingStepArguments {
/**
 * The steps that the person has seen; all that are here when left out.
 */
after?: (string[] | null)
/**
 * To whom 派发 and 转派 give the finding.
 */
assignee?: (string | null)
/**
 * What it cost, in yuan.
 */
cost?: {
[k: string]: unknown
}
/**
 * The time that the step sets or asks for, ms since 1970 UTC.
 */
due?: (Millis | null)
/**
 * The finding.
 */
id: string
/**
 * What there is to say; 退回, 挂账 and 误报作废 need it.
 */
note?: (string | null)
/**
 * The photos, as references to blobs.
 */
photos?: unknown[]
/**
 * The step: 派发 assign, 接单 accept, 临时措施 stopgap, 停用 out_of_service, 整改完成 fix, 复查通过 pass, 退回 return,
 * 延期申请 request_extension, 延期批准 grant_extension, 挂账 defer, 恢复使用 restore, 销号 close, 误报作废 void, 转派 reassign.
 */
step: string
}
/**
 * Arguments of `conflict.list`.
 */
export interface ConflictListArguments {
/**
 * All conflicts of this record, those that ask nobody included.
 */
id?: (string | null)
/**
 * How many records, 1 to 1,000; 200 when left out.
 */
limit?: (number | null)
}
/**
 * One field that people saved differently.
 */
export interface ConflictView {
/**
 * Whether a person is asked; if not, the values are listed as merged.
 */
asks: boolean
/**
 * The field; `_deleted` when somebody deleted the record and somebody else wrote to it meanwhile.
 */
field: string
/**
 * The record.
 */
id: string
/**
 * Its kind.
 */
kind: string
/**
 * The kind in Chinese.
 */
kind_zh: string
/**
 * What people call the field.
 */
label: string
/**
 * What readers take meanwhile: `latest`, `worst`, `earliest`, `first` or `union`.
 */
rule: string
/**
 * The campus.
 */
scope?: (string | null)
/**
 * What people call the record.
 */
title: string
/**
 * The values, latest first.
 */
values: ConflictValue[]
/**
 * Give it back as `seen` with the decision.
 */
version: string
}
/**
 * The conflicts.
 */
export interface Conflicts {
/**
 * The conflicts, by record, the oldest record first.
 */
conflicts: ConflictView[]
}
/**
 * Arguments of `conflict.resolve`.
 */
export interface ConflictResolveArguments {
/**
 * The field.
 */
field: string
/**
 * The record.
 */
id: string
/**
 * The `version` that `conflict.list` gave: a value that arrived since stays in conflict. Left out, the record as it is when the
 * command is called.
 */
seen?: (string | null)
/**
 * The number of the value to take, as `conflict.list` gave it.
 */
take?: (number | null)
/**
 * A value of one's own; null takes the field's value away. For a deletion `keep` or `delete`.
 */
value?: {
[k: string]: unknown
}
}
/**
 * The record and what its author has seen now.
 */
export interface Kept {
/**
 * The record.
 */
id: string
/**
 * Give it back as `seen` with the next save of the same form.
 */
version: string
}
/**
 * Arguments of `search.find`.
 */
export interface SearchFindArguments {
/**
 * Only records of these kinds.
 */
kinds?: string[]
/**
 * 1 to 100; 20 when left out.
 */
limit?: (number | null)
/**
 * What was typed so far.
 */
query: string
}
/**
 * One record.
 */
export interface Hit {
/**
 * The day it counts for, `YYYY-MM-DD`.
 */
business_date?: (string | null)
/**
 * The record.
 */
id: string
/**
 * Its kind.
 */
kind: string
/**
 * The kind in Chinese.
 */
kind_zh: string
/**
 * The campus.
 */
scope?: (string | null)
/**
 * Where it stands, for kinds that have that.
 */
stage?: (string | null)
/**
 * What people call it.
 */
title: string
}
/**
 * What was found.
 */
export interface Hits {
/**
 * The records, best first.
 */
hits: Hit[]
}
/**
 * Arguments of `person.list`.
 */
export interface PersonListArguments {
/**
 * The `next` of the page before.
 */
after?: (string | null)
/**
 * Also those who are no longer active.
 */
inactive?: boolean
/**
 * 1 to 1,000; 200 when left out.
 */
limit?: (number | null)
/**
 * The campus whose roles are shown; left out, that of this device.
 */
scope?: (string | null)
}
/**
 * One person.
 */
export interface PersonRow {
/**
 * Whether the person still works here.
 */
active: boolean
/**
 * Whether the person has a PIN.
 */
has_pin: boolean
/**
 * The person.
 */
id: string
/**
 * The name.
 */
name?: (string | null)
/**
 * The codes of the roles on the campus today.
 */
roles: string[]
/**
 * Give it back as `seen` with a change.
 */
version: string
}
/**
 * A page of people.
 */
export interface PersonPage {
/**
 * Where the next page starts; null at the end.
 */
next?: (string | null)
/**
 * The people.
 */
people: PersonRow[]
}
/**
 * Arguments of `person.save`.
 */
export interface PersonSaveArguments {
/**
 * Whether the person works here; a new one does.
 */
active?: (boolean | null)
/**
 * The person; left out for a new one.
 */
id?: (string | null)
/**
 * The last four characters of the identity number; no more is ever kept.
 */
id_last4?: (string | null)
/**
 * The name.
 */
name?: (string | null)
/**
 * The phone number.
 */
phone?: (string | null)
/**
 * The campus of a new person; left out, every campus reads of them, which takes a role for every campus.
 */
scope?: (string | null)
/**
 * What the form has seen; left out, the record as it is when the command is called.
 */
seen?: (string | null)
}
/**
 * Arguments of `person.grant`.
 */
export interface PersonGrantArguments {
/**
 * The campus; left out, every campus, which takes a role that is for every campus itself.
 */
campus?: (string | null)
/**
 * The grant; left out for a new one.
 */
id?: (string | null)
/**
 * The person.
 */
person?: (string | null)
/**
 * The code of the role, such as `logi`.
 */
role?: (string | null)
/**
 * What the form has seen; left out, the record as it is when the command is called.
 */
seen?: (string | null)
/**
 * 代班: whom the person stands in for.
 */
substitute_for?: (string | null)
/**
 * The first day, `YYYY-MM-DD`.
 */
valid_from?: (string | null)
/**
 * The last day, `YYYY-MM-DD`; a day in the past takes the role away.
 */
valid_to?: (string | null)
}
/**
 * No arguments.
 */
export interface PersonCurrentArguments {

}
/**
 * Who works.
 */
export interface Worker {
/**
 * Whose name goes on the next save: that of the session, or whom `rounds --as` names.
 */
by?: (PersonRef | null)
/**
 * What that person may do.
 */
permissions: string[]
/**
 * The roles of that person here today; null when rights are not held against them.
 */
roles?: (string[] | null)
/**
 * Whom this device was switched to; null for nobody.
 */
session?: (PersonRef | null)
/**
 * Whether that person should set a PIN.
 */
should_set_pin: boolean
/**
 * Since when, ms since 1970 UTC.
 */
since?: (number | null)
}
/**
 * Arguments of `person.switch`.
 */
export interface PersonSwitchArguments {
/**
 * The person; null or left out for nobody.
 */
person?: (string | null)
/**
 * The PIN, where the person has one.
 */
pin?: (string | null)
}
/**
 * Arguments of `pin.set`.
 */
export interface PinSetArguments {
/**
 * The PIN before. Needed when there is one, unless a head, logistics head or administrator sets it.
 */
old?: (string | null)
/**
 * The person.
 */
person: string
/**
 * The new PIN: 4 to 8 digits.
 */
pin: string
}
/**
 * That it is done.
 */
export interface Done {
/**
 * The person.
 */
person: string
}
/**
 * Arguments of `pin.check`.
 */
export interface PinCheckArguments {
/**
 * The person.
 */
person: string
/**
 * What was typed.
 */
pin: string
}
/**
 * How a try ended.
 */
export interface Checked {
/**
 * `right`, `wrong`, `wait` (it was not looked at) or `no_pin`.
 */
outcome: string
/**
 * How long the next try has to wait, in seconds.
 */
wait_s: number
}
/**
 * No arguments.
 */
export interface CampusListArguments {

}
/**
 * One campus.
 */
export interface CampusRow {
/**
 * Whether pupils sleep there.
 */
boarding: boolean
/**
 * 自营, 委托承包 or 订餐.
 */
catering_mode?: (string | null)
/**
 * The campus.
 */
id: string
/**
 * `school` or `kindergarten`.
 */
kind?: (string | null)
/**
 * Its name.
 */
name?: (string | null)
/**
 * How many pupils there are.
 */
pupils?: (number | null)
/**
 * Terms, holidays and worked weekends.
 */
term_calendar: {
[k: string]: unknown
}
/**
 * Its time zone, such as `Asia/Shanghai`.
 */
timezone?: (string | null)
/**
 * Give it back as `seen` with a change.
 */
version: string
}
/**
 * The campuses.
 */
export interface Campuses {
campuses: CampusRow[]
/**
 * The one that this device serves; null when that is not settled.
 */
here?: (string | null)
}
/**
 * Arguments of `campus.save`.
 */
export interface CampusSaveArguments {
/**
 * Whether pupils sleep there.
 */
boarding?: (boolean | null)
/**
 * 自营, 委托承包 or 订餐.
 */
catering_mode?: (string | null)
/**
 * The campus; left out for a new one.
 */
id?: (string | null)
/**
 * `school` or `kindergarten`.
 */
kind?: (string | null)
/**
 * Its name.
 */
name?: (string | null)
/**
 * How many pupils there are.
 */
pupils?: (number | null)
/**
 * What the form has seen; left out, the record as it is when the command is called.
 */
seen?: (string | null)
/**
 * `{"terms": [{"name", "from", "to"}], "holidays": [...], "workdays": ["2026-10-10"]}`, days as `YYYY-MM-DD`.
 */
term_calendar?: {
[k: string]: unknown
}
/**
 * Its time zone; `Asia/Shanghai` when never set.
 */
timezone?: (string | null)
}
/**
 * Arguments of `campus.use`.
 */
export interface CampusUseArguments {
/**
 * The campus.
 */
id: string
}
/**
 * Arguments of `area.list`.
 */
export interface AreaListArguments {
/**
 * The `next` of the page before.
 */
after?: (string | null)
/**
 * Only those of this kind, such as `kitchen`.
 */
kind?: (string | null)
/**
 * 1 to 1,000; 200 when left out.
 */
limit?: (number | null)
/**
 * The campus; left out, that of this device.
 */
scope?: (string | null)
}
/**
 * One area.
 */
export interface AreaRow {
/**
 * The area.
 */
id: string
/**
 * 重点部位.
 */
key_area: boolean
/**
 * What it is: `building`, `floor`, `room`, `class`, `zone`, `kitchen`, `store`, `gate` or `outdoor`.
 */
kind?: (string | null)
/**
 * Its name.
 */
name?: (string | null)
/**
 * 承包班级.
 */
owner_class?: (string | null)
/**
 * 包干人.
 */
owner_person?: (PersonRef | null)
/**
 * The area that it is part of.
 */
parent?: (string | null)
/**
 * The campus.
 */
scope?: (string | null)
/**
 * Give it back as `seen` with a change.
 */
version: string
}
/**
 * A page of areas.
 */
export interface AreaPage {
areas: AreaRow[]
/**
 * Where the next page starts; null at the end.
 */
next?: (string | null)
}
/**
 * Arguments of `area.save`.
 */
export interface AreaSaveArguments {
/**
 * The area; left out for a new one.
 */
id?: (string | null)
/**
 * 重点部位.
 */
key_area?: (boolean | null)
/**
 * What it is: `building`, `floor`, `room`, `class`, `zone`, `kitchen`, `store`, `gate` or `outdoor`.
 */
kind?: (string | null)
/**
 * Its name.
 */
name?: (string | null)
/**
 * 承包班级.
 */
owner_class?: (string | null)
/**
 * 包干人.
 */
owner_person?: (string | null)
/**
 * The area that it is part of.
 */
parent?: (string | null)
/**
 * The campus of a new area; left out, that of this device.
 */
scope?: (string | null)
/**
 * What the form has seen; left out, the record as it is when the command is called.
 */
seen?: (string | null)
}
/**
 * Arguments of `template.list`.
 */
export interface TemplateListArguments {
/**
 * Also those for the other kind of campus.
 */
all?: boolean
/**
 * The campus; left out, that of this device.
 */
campus?: (string | null)
}
/**
 * The head of a checklist.
 */
export interface TemplateHead {
/**
 * How often it is due, such as `daily`.
 */
cadence: string
/**
 * `school` or `kindergarten`; null for both.
 */
campus?: (string | null)
/**
 * What its findings are about.
 */
category: string
/**
 * Its code.
 */
code: string
/**
 * The same in words.
 */
frequency: string
/**
 * How many items it asks.
 */
items: number
/**
 * Its version.
 */
number: number
/**
 * Whether it is one of the school's own.
 */
own: boolean
/**
 * Who fills it in, by role.
 */
performers: string[]
/**
 * Whether it gives points.
 */
scored: boolean
/**
 * What one form is about, such as `canteen`.
 */
subject: string
/**
 * What `inspection.start` takes, such as `T01@1`.
 */
template: string
/**
 * The Chinese title.
 */
title: string
/**
 * The English title.
 */
title_en: string
}
/**
 * The checklists.
 */
export interface Templates {
templates: TemplateHead[]
}
/**
 * Arguments of `template.get`.
 */
export interface TemplateGetArguments {
/**
 * The campus whose limits hold; left out, that of this device.
 */
campus?: (string | null)
/**
 * The checklist, such as `T01@1`.
 */
template: string
}
/**
 * How an item is asked.
 */
export interface ItemShape {
/**
 * Its code.
 */
code: string
/**
 * How to judge it.
 */
criterion: string
/**
 * How long a failure may stand, such as `3d`.
 */
due?: (string | null)
/**
 * The unit and limits that hold here and now; null for what is not measured or not limited yet.
 */
limits?: (LimitsView | null)
/**
 * The item to answer first, where the limits depend on the disinfection method.
 */
limits_wait_for?: (string | null)
/**
 * The points it can earn; null where it is not scored.
 */
max?: (number | null)
/**
 * The options of a choice.
 */
options: string[]
/**
 * `optional`, `always` or `when_failed`.
 */
photo: string
/**
 * How bad a failure is, `L1` to `L4`.
 */
severity?: (string | null)
/**
 * How many different people must sign.
 */
signers?: (number | null)
/**
 * What is checked.
 */
text: string
/**
 * `pass_fail`, `score`, `number`, `temperature`, `time`, `choice`, `text`, `signature` or `assets`.
 */
type: string
}
/**
 * One heading.
 */
export interface Section {
/**
 * Its items.
 */
items: ItemShape[]
/**
 * The heading.
 */
section: string
}
/**
 * A checklist.
 */
export interface TemplateView {
/**
 * How often it is due, such as `daily`.
 */
cadence: string
/**
 * `school` or `kindergarten`; null for both.
 */
campus?: (string | null)
/**
 * What its findings are about.
 */
category: string
/**
 * Its code.
 */
code: string
/**
 * The same in words.
 */
frequency: string
/**
 * How many items it asks.
 */
items: number
/**
 * Its version.
 */
number: number
/**
 * Whether it is one of the school's own.
 */
own: boolean
/**
 * Who fills it in, by role.
 */
performers: string[]
/**
 * Whether it gives points.
 */
scored: boolean
/**
 * The items by section, in order.
 */
sections: Section[]
/**
 * What one form is about, such as `canteen`.
 */
subject: string
/**
 * What `inspection.start` takes, such as `T01@1`.
 */
template: string
/**
 * The Chinese title.
 */
title: string
/**
 * The English title.
 */
title_en: string
}
/**
 * Arguments of `setting.list`.
 */
export interface SettingListArguments {
/**
 * The campus; left out, that of this device.
 */
campus?: (string | null)
}
/**
 * One setting.
 */
export interface SettingRow {
/**
 * The default.
 */
default: {
[k: string]: unknown
}
/**
 * Whether the campus has a value of its own.
 */
is_own: boolean
/**
 * Its key.
 */
key: string
/**
 * The rule behind it, in short.
 */
rule: string
/**
 * How far it may be changed.
 */
shape: {
[k: string]: unknown
}
/**
 * How sure the rule is: `statute`, `page`, `memory` or `design`.
 */
source: string
/**
 * Its unit; empty where it has none.
 */
unit: string
/**
 * The value that holds.
 */
value: {
[k: string]: unknown
}
/**
 * What it is, in Chinese.
 */
zh: string
}
/**
 * The settings of a campus.
 */
export interface SettingList {
/**
 * The campus.
 */
campus?: (string | null)
/**
 * Why stored values are not used: they are laxer than the rule, or of another shape.
 */
refused: string[]
settings: SettingRow[]
/**
 * Give it back as `seen` with a change.
 */
version?: (string | null)
}
/**
 * Arguments of `setting.set`.
 */
export interface SettingSetArguments {
/**
 * The campus; left out, that of this device.
 */
campus?: (string | null)
/**
 * The key.
 */
key: string
/**
 * What the form has seen; left out, the record as it is when the command is called.
 */
seen?: (string | null)
/**
 * The value; null goes back to the default.
 */
value: {
[k: string]: unknown
}
}
