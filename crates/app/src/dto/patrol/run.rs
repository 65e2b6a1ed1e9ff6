//! One round as it stands.

use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::corrected::{RunCorrection, WindowChoice};
use super::done::DoneBy;
use super::due::RunCoverage;
use super::point::{RunPoint, StrayScan};
use super::sign::{RunSign, RunSigning};
use super::signal::SignalView;
use crate::dto::finding::FindingRow;
use crate::dto::person::PersonRef;

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
