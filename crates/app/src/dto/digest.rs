//! What a list tells of a form beyond its head and how it went.

use schemars::JsonSchema;
use serde::Serialize;

/// What is still owed to a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "InspectionDigest")]
pub(crate) struct Digest {
    /// How many photos it names that have not arrived here.
    pub(crate) photos_awaited: usize,
    /// On how many items people disagree.
    pub(crate) conflicts: usize,
}
