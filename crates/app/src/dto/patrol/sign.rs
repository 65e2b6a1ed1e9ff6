//! Who has signed for a run, and who must.

use domain::patrol::SignRole;
use schemars::JsonSchema;
use serde::Serialize;

use crate::dto::person::PersonRef;
use crate::dto::value::Strokes;

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
