//! Who has done something, and when.

use schemars::JsonSchema;
use serde::Serialize;

use crate::dto::person::PersonRef;

/// Somebody, at some time.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PatrolMoment")]
pub(crate) struct DoneBy {
    /// Who.
    pub(crate) by: Option<PersonRef>,
    /// When, ms since 1970 UTC.
    pub(crate) at: i64,
}
