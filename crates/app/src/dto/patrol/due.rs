//! What is to be walked, and how much of it was.

use domain::patrol::{WindowNil, WindowState};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::done::DoneBy;

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
