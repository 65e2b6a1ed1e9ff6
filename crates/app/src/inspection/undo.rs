//! What this device remembers of an item's last answer, so that it can be taken back.
//!
//! Kept beside the store's records and never sent; it ends with the submit.

use causal::RecordId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Inspection;
use crate::app::App;
use crate::error::CommandError;

/// The settings of this device to change with a save.
pub(crate) type Settings = Vec<(String, Option<Value>)>;

/// How to take back the last answer that this device gave to one item.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Undo {
    /// The parts of the answer (`result`, `note`, `how`) with the values before.
    pub(crate) before: Vec<(String, Value)>,
    /// The result that was written.
    pub(crate) written: Value,
    /// Who wrote it.
    pub(crate) by: Option<String>,
    /// What its author has seen since, and so what an undo covers: what they saw before, and the write itself.
    pub(crate) seen: String,
    /// The section, when it was written by "rest is fine".
    pub(crate) section: Option<String>,
}

/// The parts of an answer with the values that they have now.
pub(crate) fn before(inspection: &Inspection, code: &str, parts: &[&str]) -> Vec<(String, Value)> {
    parts.iter().map(|part| ((*part).to_owned(), inspection.stored(code, part))).collect()
}

/// The setting that remembers `undo`.
pub(crate) fn remember(id: RecordId, code: &str, undo: &Undo) -> (String, Option<Value>) {
    (key(id, code), serde_json::to_value(undo).ok())
}

/// The setting that forgets it.
pub(crate) fn forget(id: RecordId, code: &str) -> (String, Option<Value>) {
    (key(id, code), None)
}

/// Forgets everything about a form.
pub(crate) fn forget_all(app: &App, id: RecordId) -> Result<Settings, CommandError> {
    Ok(all(app, id)?.into_iter().map(|(code, _)| forget(id, &code)).collect())
}

/// What can be taken back of a form, by item.
pub(crate) fn all(app: &App, id: RecordId) -> Result<Vec<(String, Undo)>, CommandError> {
    Ok(app.store().device_settings(&format!("undo/{id}/"))?)
}

/// What can be taken back of one item.
pub(crate) fn of(app: &App, id: RecordId, code: &str) -> Result<Option<Undo>, CommandError> {
    Ok(app.store().device_setting(&key(id, code))?)
}

impl Undo {
    /// Whether the answer that it remembers still stands: nobody has replaced it since.
    pub(crate) fn stands(&self, inspection: &Inspection, code: &str) -> bool {
        let field = Inspection::answer_field(code, "result");
        let written = causal::Value::from_json(&self.written);
        inspection.state.siblings(&field).any(|s| *s.value == written && s.stamp.by.as_deref() == self.by.as_deref())
    }
}

fn key(id: RecordId, code: &str) -> String {
    format!("undo/{id}/{code}")
}
