//! What was corrected of a run, and the windows that it may count for.

use schemars::JsonSchema;
use serde::Serialize;

use super::done::DoneBy;

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
