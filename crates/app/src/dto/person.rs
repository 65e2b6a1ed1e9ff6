//! A person, as answers name one.

use schemars::JsonSchema;
use serde::Serialize;

/// A person as a screen shows one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PersonRef {
    /// The id, or the name on the command line, under which the record has the person.
    pub id: String,
    /// The name, where a record of the person is here.
    pub name: Option<String>,
}
