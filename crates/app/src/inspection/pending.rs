//! Findings that wait for the undo of their answer to end.
//!
//! An entry is written in the transaction of the answer, so a crash between the two is no way to lose a finding.
//! It names the item alone: whether there is a finding is decided when its time has come.

use causal::{Record, RecordId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::followup::{self, AffectedItem};
use super::undo::Settings;
use super::{Inspection, KIND};
use crate::app::{App, while_changed};
use crate::error::CommandError;
use crate::load::if_readable;

/// How long an answer may be taken back before its finding is written.
pub(crate) const UNDO_MS: u64 = 5_000;

const PREFIX: &str = "pending_finding/";

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Pending {
    inspection: RecordId,
    item: String,
    ready_at: u64,
    /// Whether the item failed by what was written, and not before or otherwise.
    #[serde(default)]
    failed_again: bool,
}

/// The setting that makes the finding of an item wait.
pub(crate) fn wait(app: &App, inspection: RecordId, touched: &AffectedItem) -> (String, Option<serde_json::Value>) {
    let AffectedItem { code, failed_again } = touched;
    let ready_at = app.now_ms().saturating_add(UNDO_MS);
    let pending = json!({"inspection": inspection, "item": code, "ready_at": ready_at, "failed_again": failed_again});
    // All of it is part of the name, so that settling an older entry never takes a newer one away.
    let suffix = if *failed_again { "-again" } else { "" };
    (format!("{PREFIX}{inspection}/{code}/{ready_at:016}{suffix}"), Some(pending))
}

/// The settings that make the findings wait which a decision about one field of a record may change.
///
/// # Errors
/// When the store cannot be read; a form whose checklist is not known here has no findings to change.
pub(crate) fn after_decision(
    app: &App,
    record: &Record,
    name: &str,
    value: &serde_json::Value,
) -> Result<Settings, CommandError> {
    if &*record.kind != KIND || !name.starts_with("answers/") {
        return Ok(Settings::new());
    }
    let Some(inspection) = if_readable(Inspection::load(app, record.id))? else { return Ok(Settings::new()) };
    let touched = followup::touched_by(&inspection, name, value);
    Ok(touched.iter().map(|touched| wait(app, record.id, touched)).collect())
}

/// What waits of one form.
pub(crate) struct Waiting(Vec<(String, Pending)>);

impl Waiting {
    /// What waits of the form `inspection`.
    pub(crate) fn of(app: &App, inspection: RecordId) -> Result<Self, CommandError> {
        let prefix = format!("{PREFIX}{inspection}/");
        let waiting: Vec<(String, Pending)> = app.store().device_settings(&prefix)?;
        Ok(Self(waiting.into_iter().map(|(name, pending)| (prefix.clone() + &name, pending)).collect()))
    }

    /// Whether something was written since the last look by which the item failed.
    pub(crate) fn failed_again(&self, code: &str) -> bool {
        self.0.iter().any(|(_, pending)| pending.item == code && pending.failed_again)
    }

    /// The settings that end all of it.
    pub(crate) fn end(self) -> Settings {
        self.0.into_iter().map(|(name, _)| (name, None)).collect()
    }
}

/// Settles what has waited long enough.
///
/// What would have to wait for longer than an undo was written before the clock was set back; it has waited long enough too.
pub(crate) fn settle_due(app: &App) -> Result<(), CommandError> {
    let waiting: Vec<(String, Pending)> = app.store().device_settings(PREFIX)?;
    let now = app.now_ms();
    let is_due = |pending: &Pending| pending.ready_at <= now || pending.ready_at > now.saturating_add(UNDO_MS);
    let mut first_error = None;
    // Entries of one item stand side by side, the newest last, and are settled together with it.
    for entries in waiting.chunk_by(|(_, a), (_, b)| (a.inspection, &a.item) == (b.inspection, &b.item)) {
        if !entries.last().is_some_and(|(_, newest)| is_due(newest)) {
            continue;
        }
        // One answer that cannot be followed up must not hold back the others.
        if let Err(error) = while_changed(|| settle(app, entries)) {
            first_error.get_or_insert(error);
        }
    }
    first_error.map_or(Ok(()), Err)
}

/// Writes what follows for one item, unless another process has taken the entries first.
fn settle(app: &App, entries: &[(String, Pending)]) -> Result<(), CommandError> {
    let Some((_, pending)) = entries.last() else { return Ok(()) };
    let failed_again = entries.iter().any(|(_, pending)| pending.failed_again);
    let save = match if_readable(Inspection::load(app, pending.inspection))? {
        Some(inspection) => followup::finding_save(app, &inspection, &pending.item, failed_again)?,
        None => None,
    };
    let names: Vec<String> = entries.iter().map(|(name, _)| format!("{PREFIX}{name}")).collect();
    app.store().save_taking_settings(&names, save.into_iter().collect())?;
    Ok(())
}
