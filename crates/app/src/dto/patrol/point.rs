//! A point of a run: who was there and what they found, and what is asked of who comes.

use domain::patrol::ReadHow;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::done::DoneBy;
use crate::dto::finding::FindingRow;
use crate::dto::person::PersonRef;
use crate::dto::photo::PhotoView;

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
