//! What a form shows anew after something was written to it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::dto::form::{ItemView, ScoreView};
use crate::dto::value::AnswerValue;

/// What a form shows anew after a change of some items.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FormChange {
    /// The inspection.
    pub(crate) id: Uuid,
    /// Give it back as `seen` with the next answer of the same form.
    pub(crate) version: String,
    /// The items that were written, as they stand now.
    pub(crate) items: Vec<ItemView>,
    /// The results before, by item; what `inspection.undo` goes back to.
    #[schemars(with = "BTreeMap<String, Option<AnswerValue>>")]
    pub(crate) undo: Map<String, Value>,
    /// Score and verdict so far.
    pub(crate) score: ScoreView,
    /// How many things are still missing.
    pub(crate) missing: usize,
    /// The next item that needs something.
    pub(crate) next_gap: Option<String>,
}
