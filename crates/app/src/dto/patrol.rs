//! Patrols as screens show them.

use domain::patrol::{ReadHow, SignRole, WindowNil, WindowState};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::finding::FindingRow;
use super::photo::PhotoView;
use super::value::Strokes;
use crate::dto::person::PersonRef;

/// What a visit found, as it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PatrolResult")]
pub(crate) enum Found {
    /// 正常; it answers no item.
    Normal,
    /// 异常.
    Abnormal,
}

/// Somebody, at some time.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolMoment")]
pub(crate) struct DoneBy {
    /// Who.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
}

/// 同事已到: somebody else of the same window, or of the same walk, was at a point.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolElsewhere")]
pub(crate) struct Elsewhere {
    /// Who; null where that is not known.
    pub(crate) by: Option<PersonRef>,
    /// When they arrived, ms since 1970 UTC; where it was told, when that was.
    pub(crate) at: i64,
    /// Whether only the code on a colleague's screen says so; it counts when that run arrives.
    pub(crate) told: bool,
}

/// How many boarders should be at a point.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolBoardersExpected")]
pub(crate) struct ExpectedCount {
    /// How many are to be found there.
    pub(crate) number: u32,
    /// How many live there.
    pub(crate) living: u32,
    /// How many of them are away.
    pub(crate) away: u32,
}

/// A count of boarders that a point asks for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolBoarders")]
pub(crate) struct BoarderCount {
    /// Whether the person who works may count.
    pub(crate) may_count: bool,
    /// How many there should be, for who may count; null where nobody has said how many live there, or that cannot be told of a part.
    pub(crate) expected: Option<ExpectedCount>,
    /// Who has counted for this business day, and when (宿管已点); null while nobody has (待宿管).
    pub(crate) counted: Option<DoneBy>,
}

/// A time for which a walk was broken off.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolPause")]
pub(crate) struct PauseView {
    /// Its id.
    pub(crate) id: String,
    /// Its place in the order of the run.
    pub(crate) n: u64,
    /// Why.
    pub(crate) reason: String,
    /// Who says so, and when.
    #[serde(flatten)]
    pub(crate) begun: DoneBy,
    /// When it went on, ms since 1970 UTC; null while it has not.
    pub(crate) until: Option<i64>,
}

/// A run that is open on this device.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolOpenRun")]
pub(crate) struct OpenRun {
    /// The run.
    pub(crate) id: Uuid,
    /// Who began it, and when.
    #[serde(flatten)]
    pub(crate) begun: DoneBy,
}

/// One window of one business day of one route.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolWindow")]
pub(crate) struct DueWindow {
    /// The route.
    pub(crate) route: String,
    /// What it is called.
    pub(crate) route_name: String,
    /// The same in English; null where nobody wrote it.
    pub(crate) route_name_en: Option<String>,
    /// The window; null for a walk outside of all windows (临时).
    pub(crate) window: Option<String>,
    /// What it is called.
    pub(crate) window_name: Option<String>,
    /// The same in English; null where nobody wrote it.
    pub(crate) window_name_en: Option<String>,
    /// The business day, `YYYY-MM-DD`: of a night that of its evening.
    pub(crate) day: String,
    /// When it begins, ms since 1970 UTC.
    pub(crate) from: i64,
    /// When it is over, ms since 1970 UTC.
    pub(crate) to: i64,
    /// How many points it has.
    pub(crate) points: usize,
    /// How many of them were visited, as far as is known here.
    pub(crate) covered: usize,
    /// Where it stands; `done` may have gaps.
    pub(crate) state: WindowState,
    /// Whether what is missing is known to be missing; without it, it was only not seen here.
    pub(crate) heard: bool,
    /// The devices that were not heard from since it was over and may still bring a walk, by their names; the office knows them.
    pub(crate) waiting: Vec<String>,
    /// Whether it is over and may still be begun late: the next window of the route has not begun. After that it is only entered
    /// afterwards (补录).
    pub(crate) may_be_late: bool,
    /// What it reports as a whole.
    pub(crate) nil: WindowNil,
    /// The run of it that is open on this device, for anybody who may walk to go on with.
    pub(crate) run: Option<OpenRun>,
}

/// What of a walk, or of a window, is covered; each but `points`, `missed` and `abnormal` is a part of `covered`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolFigures")]
pub(crate) struct RunCoverage {
    /// How many points there are.
    pub(crate) points: usize,
    /// How many were visited.
    pub(crate) covered: usize,
    /// How many neither late nor entered afterwards.
    pub(crate) on_time: usize,
    /// How many only after the end of the window.
    pub(crate) late: usize,
    /// How many only by what was entered afterwards (补录).
    pub(crate) entered: usize,
    /// How many only by stays that were certainly too short.
    pub(crate) short: usize,
    /// How many only by hand.
    pub(crate) by_hand: usize,
    /// How many only by scans that were given to the point later.
    pub(crate) claimed: usize,
    /// How many with something that was found.
    pub(crate) abnormal: usize,
    /// How many were not visited, as far as is known here.
    pub(crate) missed: usize,
}

/// One visit to a point.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolVisit")]
pub(crate) struct VisitView {
    /// By which it is taken back.
    pub(crate) id: String,
    /// Its place in the order of the run.
    pub(crate) n: u64,
    /// Who.
    pub(crate) by: Option<PersonRef>,
    /// How the point was told.
    pub(crate) how: ReadHow,
    /// What was found.
    pub(crate) result: Found,
    /// When they arrived, ms since 1970 UTC by the clock of the device.
    pub(crate) arrived: i64,
    /// How long they stayed at most, in seconds; null where that is not known.
    pub(crate) stay_s: Option<i64>,
    /// Whether that is certainly shorter than asked for.
    pub(crate) short: bool,
    /// Whether it was certainly after the end of the window.
    pub(crate) late: bool,
    /// Why no tag was read.
    pub(crate) reason: Option<String>,
    /// The open findings that were still there.
    pub(crate) still: Vec<String>,
    /// 无理由: it was made by hand, and neither a reason nor a photo says why.
    pub(crate) lacks_reason: bool,
    /// 缺照片: the point asks for a photo, and there is none.
    pub(crate) lacks_photo: bool,
}

/// Somebody stands at a point and has not said how it is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolArrival")]
pub(crate) struct ArrivalView {
    /// When they arrived, ms since 1970 UTC by the clock of the device.
    pub(crate) at: i64,
    /// How the point was told.
    pub(crate) how: ReadHow,
    /// How long ago that was at least, in ms; null where no clock can tell.
    pub(crate) ago_ms: Option<i64>,
}

/// Why a point was not visited.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolMissed")]
pub(crate) struct MissedView {
    /// Why.
    pub(crate) reason: String,
    /// Who says so.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: Option<i64>,
}

/// A point of a run, as it stands.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolPoint")]
pub(crate) struct RunPoint {
    /// The point.
    pub(crate) id: String,
    /// Its place in the walking order.
    pub(crate) seq: i64,
    /// What it is called.
    pub(crate) name: String,
    /// The same in English; null where nobody wrote it.
    pub(crate) name_en: Option<String>,
    /// The name of its area.
    pub(crate) area_name: Option<String>,
    /// What to look at; null where nothing is said.
    pub(crate) look_at: Option<String>,
    /// The same in English; null where nobody wrote it.
    pub(crate) look_at_en: Option<String>,
    /// The shortest believable stay, in seconds.
    pub(crate) min_seconds: u32,
    /// How many items may be answered there.
    pub(crate) items: usize,
    /// Whether some of them are opened before it is closed.
    pub(crate) must: bool,
    /// Whether a visit asks for a photo.
    pub(crate) photo: bool,
    /// The visits of this run, in their order.
    pub(crate) visits: Vec<VisitView>,
    /// Why it was not visited; it hides no visit.
    pub(crate) missed: Option<MissedView>,
    /// Who stands there now.
    pub(crate) arrival: Option<ArrivalView>,
    /// 同事已到: the first visit of another run of the same window, else what a colleague's screen has told.
    pub(crate) elsewhere: Option<Elsewhere>,
    /// The count of boarders that is asked for there; null where none is.
    pub(crate) boarders: Option<BoarderCount>,
    /// What is open there, whoever found it.
    pub(crate) findings: Vec<FindingRow>,
    /// What was photographed there on this run.
    pub(crate) photos: Vec<PhotoView>,
    /// What was written there on this run.
    pub(crate) note: Option<String>,
}

/// A scan that belongs to no point of the route.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolScan")]
pub(crate) struct StrayScan {
    /// By which it is given to a point.
    pub(crate) id: String,
    /// What was read.
    pub(crate) tag: String,
    /// How.
    pub(crate) how: ReadHow,
    /// Who read it.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
    /// The point that it was given to.
    pub(crate) claimed: Option<String>,
}

/// A signature under somebody's own part of a run, or of the second under those of others.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolSign")]
pub(crate) struct RunSign {
    /// Who.
    pub(crate) by: PersonRef,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
    /// The lines.
    pub(crate) strokes: Strokes,
    /// As what.
    pub(crate) role: SignRole,
    /// How it was made sure who it is: `pin`, `set_by_other`, `session` or `none` (未核验), which counts for nothing.
    pub(crate) how: String,
    /// Whether it says that nothing was found.
    pub(crate) nil: bool,
    /// How many visits it speaks of.
    pub(crate) points: usize,
    /// How many of them read otherwise by now, or are gone (签后更正).
    pub(crate) changed: usize,
    /// How many visits that it would speak of came after it (签后新增).
    pub(crate) added: usize,
}

/// Who has signed for the window of a run, and who must.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolSigning")]
pub(crate) struct RunSigning {
    /// How many persons must sign: two for the daily fire patrol, else one.
    pub(crate) needed: usize,
    /// How many of them are missing; who walked counts as one side, however many have signed.
    pub(crate) missing: usize,
    /// Whether the second is missing: somebody who has walked no part of the window.
    pub(crate) lacks_second: bool,
    /// Who has walked a part of the window, on whatever run, and so is no second under it.
    pub(crate) walkers: Vec<String>,
    /// Whose signatures count, each once.
    pub(crate) signed: Vec<PersonRef>,
    /// As what who works would sign; null for who may not, or has walked another run of the window.
    pub(crate) role: Option<SignRole>,
    /// The digest of the visits; give it to `person.vouch`, with the act `sign` and the run as record.
    pub(crate) saw: String,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PatrolStage")]
pub(crate) enum RunStage {
    /// It is walked.
    Open,
    /// The next window has begun: it is to be finished.
    Closing,
    /// Somebody has finished it.
    Finished,
    /// 作废.
    Void,
}

/// Which sort of signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PatrolSignalKind")]
pub(crate) enum SignalKind {
    /// A stay was too short.
    Short,
    /// Three arrivals within 10 seconds.
    Burst,
    /// All tags were typed.
    AllTyped,
    /// One photo at several points.
    SamePhoto,
    /// One photo that stood on another round before.
    PhotoBefore,
    /// The wall clock was moved.
    ClockJump,
    /// It was entered afterwards.
    Entered,
}

/// Something to look at; it accuses nobody.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolSignal")]
pub(crate) struct SignalView {
    /// What.
    pub(crate) kind: SignalKind,
    /// The points that it is about.
    pub(crate) checkpoints: Vec<String>,
    /// By how many seconds a stay was too short.
    pub(crate) by_s: Option<u32>,
    /// The other round on which a photo stood before, where who works sees that one.
    pub(crate) earlier: Option<Uuid>,
}

/// One round.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolRun")]
pub(crate) struct RunView {
    /// The run.
    pub(crate) id: Uuid,
    /// Give it back as `seen` with the next change.
    pub(crate) version: String,
    /// The route.
    pub(crate) route: String,
    /// What it was called.
    pub(crate) route_name: String,
    /// The same in English; null where nobody wrote it.
    pub(crate) route_name_en: Option<String>,
    /// The window; null for a walk outside of all windows (临时).
    pub(crate) window: Option<String>,
    /// What it was called.
    pub(crate) window_name: Option<String>,
    /// The same in English; null where nobody wrote it.
    pub(crate) window_name_en: Option<String>,
    /// The business day, `YYYY-MM-DD`.
    pub(crate) day: String,
    /// When the window begins, ms since 1970 UTC.
    pub(crate) from: Option<i64>,
    /// When it is over, ms since 1970 UTC.
    pub(crate) to: Option<i64>,
    /// Whether it is walked at night.
    pub(crate) is_night: bool,
    /// Where it stands.
    pub(crate) stage: RunStage,
    /// Whether it was begun on this device.
    pub(crate) is_here: bool,
    /// The run that it goes along with.
    pub(crate) walk: Option<String>,
    /// Who began it.
    pub(crate) lead: Option<PersonRef>,
    /// When it was begun, ms since 1970 UTC.
    pub(crate) started_at: i64,
    /// When it was first finished, ms since 1970 UTC.
    pub(crate) finished_at: Option<i64>,
    /// Why it was entered afterwards.
    pub(crate) late_reason: Option<String>,
    /// Its points in walking order, and those that were visited besides.
    pub(crate) points: Vec<RunPoint>,
    /// Where to go next; null when nothing is left.
    pub(crate) next: Option<String>,
    /// When it was broken off, in the order of the run; the last one goes on where it has no end.
    pub(crate) pauses: Vec<PauseView>,
    /// What was found at no point.
    pub(crate) on_the_way: Vec<FindingRow>,
    /// The scans that belong to no point.
    pub(crate) scans: Vec<StrayScan>,
    /// Who has signed.
    pub(crate) signs: Vec<RunSign>,
    /// Whether that is enough for its window.
    pub(crate) signing: RunSigning,
    /// What of it is covered; those who walk along are counted in.
    pub(crate) coverage: RunCoverage,
    /// Whether who works can sign that they have found nothing.
    pub(crate) nil: bool,
    /// What to look at: all of it for the head, of their own acts for who walked; null for others.
    pub(crate) signals: Option<Vec<SignalView>>,
    /// The windows of its route as it was walked: a run that was walked for another one is corrected to it.
    pub(crate) windows: Vec<WindowChoice>,
    /// What was corrected or declared void, oldest first; the original stays readable here.
    pub(crate) corrections: Vec<RunCorrection>,
}

/// A window that a run may count for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolWindowChoice")]
pub(crate) struct WindowChoice {
    /// The window.
    pub(crate) id: String,
    /// What it was called.
    pub(crate) name: String,
    /// The same in English; null where nobody wrote it.
    pub(crate) name_en: Option<String>,
    /// When it began, `HH:MM`.
    pub(crate) from: String,
    /// When it was over, `HH:MM`.
    pub(crate) to: String,
}

/// What of a run was corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PatrolCorrected")]
pub(crate) enum CorrectedPart {
    /// For which business day it counts.
    Day,
    /// For which window it counts.
    Window,
    /// One visit.
    Visit,
    /// Anything else.
    Other,
    /// The whole run was declared void.
    Void,
}

/// One correction of a run, or its void.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolCorrection")]
pub(crate) struct RunCorrection {
    /// What was corrected.
    pub(crate) part: CorrectedPart,
    /// What was written at first: a day, the name of a window, or what a visit had found; null for nothing.
    pub(crate) was: Option<String>,
    /// What this correction says instead; null where a visit does not count, or a run counts for no window.
    pub(crate) now: Option<String>,
    /// Whether it still holds: no later one has taken its place.
    pub(crate) stands: bool,
    /// The point of the visit.
    pub(crate) checkpoint: Option<String>,
    /// Who made the visit, and when they arrived.
    pub(crate) visited: Option<DoneBy>,
    /// Why.
    pub(crate) reason: Option<String>,
    /// Who says so, and when.
    pub(crate) said: DoneBy,
}
