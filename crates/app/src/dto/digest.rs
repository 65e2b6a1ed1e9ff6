//! What a list tells of a form beyond its head.

use domain::form::Verdict;
use schemars::JsonSchema;
use serde::Serialize;

/// What a form says, in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "InspectionDigest")]
pub(crate) struct Digest {
    /// The verdict on what is answered.
    pub(crate) verdict: Verdict,
    /// The verdict when nothing more is answered.
    pub(crate) final_verdict: Verdict,
    /// Percent of what is answered, to one place; null for an unscored form.
    pub(crate) percent: Option<String>,
    /// Percent when nothing more is answered.
    pub(crate) final_percent: Option<String>,
    /// How many items failed.
    pub(crate) failed: usize,
    /// Whether one of them crosses the red line.
    pub(crate) has_red_line: bool,
    /// How many items are answered.
    pub(crate) answered: usize,
    /// How many apply.
    pub(crate) applicable: usize,
    /// How many photos it names that have not arrived here.
    pub(crate) photos_awaited: usize,
    /// On how many items people disagree.
    pub(crate) conflicts: usize,
}
