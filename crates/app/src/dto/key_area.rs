//! How a key area was walked, as screens and papers are told.

use schemars::JsonSchema;
use serde::Serialize;

/// A key area on one business day.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolKeyArea")]
pub(crate) struct KeyArea {
    /// The area.
    pub(crate) area: String,
    /// What it is called.
    pub(crate) name: Option<String>,
    /// In how many windows somebody was there.
    pub(crate) rounds: usize,
    /// The longest time without anybody while it was in use, in minutes; null with fewer than two visits.
    pub(crate) longest_gap_min: Option<i64>,
    /// 待核: of a gap no clock can tell.
    pub(crate) gap_unknown: bool,
    /// Why nobody was to walk there; null where somebody was, and where somebody did.
    pub(crate) why_not: Option<NotAsked>,
}

/// Why nobody is to walk a key area on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "PatrolNotAsked")]
pub(crate) enum NotAsked {
    /// It is closed, or what it lies in is.
    Closed,
    /// No point of any route lies in it.
    NoRoute,
}
