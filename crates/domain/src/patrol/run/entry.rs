//! What a record of a run holds beside its head, each entry under a name of its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::checked_time::Moment;

/// How a point was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReadHow {
    /// A chip.
    Nfc,
    /// A code, by the camera.
    Qr,
    /// A reader that types.
    Wedge,
    /// The code under the tag, typed.
    Typed,
    /// By hand: no tag was read.
    Hand,
    /// Somebody who manages routes said later which point a scan was.
    Claimed,
}

/// What a visit found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum VisitResult {
    /// 正常. It answers no item.
    #[serde(rename = "正常")]
    Normal,
    /// 异常.
    #[serde(rename = "异常")]
    Abnormal,
}

/// One visit: `visits/<checkpoint>/v/<id>`. A second one at the same point is a second field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The id in its field; that of the arrival that it closes, where there was one.
    pub id: String,
    /// The point.
    pub checkpoint: String,
    /// Its place in the order of the run.
    pub n: u64,
    /// Who.
    pub by: Option<String>,
    /// How the point was told.
    pub how: ReadHow,
    /// What was read.
    pub tag: Option<String>,
    /// What was found.
    pub result: VisitResult,
    /// When they arrived.
    pub arrived: Moment,
    /// Why no tag was read.
    pub reason: Option<String>,
    /// The open findings of the point that are still there (仍在).
    pub still: Vec<String>,
}

/// Somebody has come to a point: `arrivals/<id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The id in its field.
    pub id: String,
    /// The point.
    pub checkpoint: String,
    /// Its place in the order of the run.
    pub n: u64,
    /// Who.
    pub by: Option<String>,
    /// How the point was told.
    pub how: ReadHow,
    /// What was read.
    pub tag: Option<String>,
    /// When.
    pub moment: Moment,
}

/// Why a point was not visited: `missed/<checkpoint>`. It explains, and hides no visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The point.
    pub checkpoint: String,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: Option<String>,
}

/// A tag that belongs to no point of the route: `scans/<id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The id in its field.
    pub id: String,
    /// Its place in the order of the run.
    pub n: u64,
    /// Who read it.
    pub by: Option<String>,
    /// What was read.
    pub tag: String,
    /// How.
    pub how: ReadHow,
    /// When.
    pub moment: Moment,
}

/// Somebody has finished the run: `ends/<id>`. Each time is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// Its place in the order of the run.
    pub n: u64,
    /// Who.
    pub by: Option<String>,
    /// When.
    pub moment: Moment,
}

/// As what somebody signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignRole {
    /// For their own visits.
    #[default]
    Walker,
    /// As the second, for the visits of others.
    Second,
}

/// Somebody has signed for their own visits, or as the second for those of others: `signs/<person>/<id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// The id in its field.
    pub id: String,
    /// Who.
    pub by: String,
    /// As what.
    pub role: SignRole,
    /// Whether somebody made sure whose hand it is.
    pub is_proved: bool,
    /// When.
    pub moment: Moment,
    /// Whether they signed that they had found nothing (零报告).
    pub is_nil: bool,
    /// The fingerprints of the visits that they signed for, by the id of the visit.
    pub covers: BTreeMap<String, String>,
}

/// What the screen of a colleague has said of the walk: `told/<run>`. It is shown, and counts for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldPoints {
    /// The run that was walked on the colleague's tablet.
    pub run: String,
    /// The points that were reached.
    pub points: Vec<String>,
    /// When it was read.
    pub moment: Moment,
}

/// Something was found that is at no point: `found/<finding>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnTheWay {
    /// The finding.
    pub finding: String,
    /// Who found it.
    pub by: Option<String>,
}

/// A walk was broken off: `pauses/<id>`, with `resumes/<id>` once it went on.
///
/// It takes nothing from a stay: who was called away from a point has not stayed there too shortly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The id in its field.
    pub id: String,
    /// Its place in the order of the run.
    pub n: u64,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: Option<String>,
    /// When.
    pub moment: Moment,
    /// When it went on: that was said, or somebody came to a point or finished; none while it has not.
    pub until: Option<Moment>,
}

/// One step of a run: somebody came to a point, or was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'r> {
    /// The id of the arrival, and of the visit that closed it.
    pub id: &'r str,
    /// The point.
    pub checkpoint: &'r str,
    /// Its place in the order of the run.
    pub n: u64,
    /// When.
    pub moment: Moment,
}
