//! Findings that wait for the undo of their answer to end.
//!
//! An entry is written in the transaction of the answer, so a crash between the two is no way to lose a finding.
//! It names the item alone: whether there is a finding is decided when its time has come.

use causal::RecordId;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::undo::Settings;
use super::{Inspection, followup};
use crate::{App, CommandError};

/// How long an answer may be taken back before its finding is written.
pub(crate) const UNDO_MS: u64 = 5_000;

const PREFIX: &str = "pending_finding/";

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Pending {
    inspection: RecordId,
    item: String,
    ready_at: u64,
}

/// The setting that makes `item` wait.
pub(crate) fn wait(app: &App, inspection: RecordId, item: &str) -> (String, Option<serde_json::Value>) {
    let ready_at = app.now_ms().saturating_add(UNDO_MS);
    let pending = json!({"inspection": inspection, "item": item, "ready_at": ready_at});
    // The time is part of the name, so that settling an older entry never takes a newer one away.
    (format!("{PREFIX}{inspection}/{item}/{ready_at:016}"), Some(pending))
}

/// The settings that end the waiting of every item of one form.
pub(crate) fn end(app: &App, inspection: RecordId) -> Result<Settings, CommandError> {
    let waiting: Vec<(String, Pending)> = app.store().device_settings(&format!("{PREFIX}{inspection}/"))?;
    Ok(waiting.into_iter().map(|(name, _)| (format!("{PREFIX}{inspection}/{name}"), None)).collect())
}

/// Settles what has waited long enough.
pub(crate) fn settle_due(app: &App) -> Result<(), CommandError> {
    settle(app, Some(app.now_ms()))
}

/// Settles everything: at a start nobody is there any more to undo.
pub(crate) fn settle_all(app: &App) -> Result<(), CommandError> {
    settle(app, None)
}

fn settle(app: &App, until: Option<u64>) -> Result<(), CommandError> {
    let waiting: Vec<(String, Pending)> = app.store().device_settings(PREFIX)?;
    let mut first_error = None;
    for (index, (name, pending)) in waiting.iter().enumerate() {
        if until.is_some_and(|now| now < pending.ready_at) {
            continue;
        }
        // Entries of one item stand side by side, the newest last; only that one decides.
        let is_newest = waiting
            .get(index + 1)
            .is_none_or(|(_, next)| (next.inspection, &next.item) != (pending.inspection, &pending.item));
        // One answer that cannot be followed up must not hold back the others.
        if let Err(error) = settle_one(app, name, pending, is_newest) {
            first_error.get_or_insert(error);
        }
    }
    first_error.map_or(Ok(()), Err)
}

fn settle_one(app: &App, name: &str, pending: &Pending, is_newest: bool) -> Result<(), CommandError> {
    let save = match Inspection::load(app, pending.inspection) {
        _ if !is_newest => None,
        Ok(inspection) => followup::finding_save(app, &inspection, &pending.item)?,
        Err(error) if matches!(error.code, "not-found" | "unknown-template" | "bad-arguments") => None,
        Err(error) => return Err(error),
    };
    app.store().save_with_settings(save.into_iter().collect(), |_| vec![(format!("{PREFIX}{name}"), None)])?;
    Ok(())
}
