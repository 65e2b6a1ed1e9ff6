//! What this device remembers of an item's last answer, so that it can be taken back.
//!
//! Kept beside the store's records and never sent; it ends with the submit.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::place::Place;
use crate::app::App;
use crate::error::CommandError;

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

/// A setting of this device to change with a save.
pub(crate) type Setting = (String, Option<Value>);

/// The parts of an answer with the values that they have now.
pub(crate) fn before(place: &Place, code: &str, parts: &[&str]) -> Vec<(String, Value)> {
    parts.iter().map(|part| ((*part).to_owned(), place.stored(code, part))).collect()
}

/// The setting that remembers `undo`.
pub(crate) fn remember(place: &Place, code: &str, undo: &Undo) -> Setting {
    (key(place, code), serde_json::to_value(undo).ok())
}

/// The setting that forgets it.
pub(crate) fn forget(place: &Place, code: &str) -> Setting {
    (key(place, code), None)
}

/// Forgets everything about a form.
pub(crate) fn forget_all(app: &App, place: &Place) -> Result<Vec<Setting>, CommandError> {
    Ok(all(app, place)?.into_iter().map(|(code, _)| forget(place, &code)).collect())
}

/// What can be taken back of a form, by item.
pub(crate) fn all(app: &App, place: &Place) -> Result<Vec<(String, Undo)>, CommandError> {
    let mut undos: Vec<(String, Undo)> = app.store().device_settings(&key(place, ""))?;
    // What stands behind the names of further places is not of the record as a whole.
    undos.retain(|(code, _)| !code.contains('/'));
    Ok(undos)
}

/// What can be taken back of one item.
pub(crate) fn of(app: &App, place: &Place, code: &str) -> Result<Option<Undo>, CommandError> {
    Ok(app.store().device_setting(&key(place, code))?)
}

impl Undo {
    /// Whether the answer that it remembers still stands: nobody has replaced it since.
    pub(crate) fn stands(&self, place: &Place, code: &str) -> bool {
        let written = causal::Value::from_json(&self.written);
        let field = place.field(code, "result");
        place.state.siblings(&field).any(|s| *s.value == written && s.stamp.by.as_deref() == self.by.as_deref())
    }
}

fn key(place: &Place, code: &str) -> String {
    format!("undo/{}/{}{code}", place.record, place.name)
}
