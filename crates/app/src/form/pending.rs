//! Findings that wait for the undo of their answer to end.
//!
//! What waits is stored in the transaction of the answer, so a crash between the two is no way to lose a finding.
//! It names the item alone: whether there is a finding is decided when its time has come.

use causal::{Record, RecordId};
use domain::form::{AffectedItem, AnswerField, PlaceName};
use replica::{HeldFinding, PendingFinding};

use super::followup;
use super::place::Place;
use crate::app::{App, while_changed};
use crate::error::CommandError;
use crate::load::if_readable;

/// How long an answer may be taken back before its finding is written.
pub(crate) const UNDO_MS: u64 = 5_000;

/// Reads a place of a record of any kind; none where records of its kind have no such place.
///
/// # Errors
/// When the record is not here, or cannot be read.
pub(crate) type LoadPlace = fn(&App, RecordId, &PlaceName) -> Result<Option<Place>, CommandError>;

/// The finding of an item, waiting from now on.
pub(crate) fn wait(app: &App, place: &Place, affected: &AffectedItem) -> PendingFinding {
    PendingFinding {
        record: place.record,
        place: place.name.to_string(),
        item: affected.code.clone(),
        due: app.now_ms().saturating_add(UNDO_MS),
        failed_again: affected.failed_again,
    }
}

/// The findings that wait because a decision about one field of a record may change them.
///
/// # Errors
/// When the store cannot be read; a form whose checklist is not known here has no findings to change.
pub(crate) fn after_decision(
    app: &App,
    load: LoadPlace,
    record: &Record,
    name: &str,
    value: &serde_json::Value,
) -> Result<Vec<PendingFinding>, CommandError> {
    let Some(field) = AnswerField::parse(name) else { return Ok(Vec::new()) };
    let Some(place) = if_readable(load(app, record.id, &field.place))?.flatten() else { return Ok(Vec::new()) };
    let affected = followup::affected_by(&place, name, value);
    Ok(affected.iter().map(|affected| wait(app, &place, affected)).collect())
}

/// What waits at a place.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn at(app: &App, place: &Place) -> Result<Vec<HeldFinding>, CommandError> {
    Ok(app.store().pending_findings(place.record, &place.name.to_string())?)
}

/// Whether something was written by which an item failed, since its finding was last looked at.
pub(crate) fn failed_again(waiting: &[HeldFinding], code: &str) -> bool {
    waiting.iter().any(|held| held.pending.item == code && held.pending.failed_again)
}

/// Settles what has waited long enough.
///
/// What would have to wait for longer than an undo was written before the clock was set back; it has waited long enough too.
pub(crate) fn settle_due(app: &App, load: LoadPlace) -> Result<(), CommandError> {
    let now = app.now_ms();
    let mut first_error = None;
    for due in app.store().due_findings(now, now.saturating_add(UNDO_MS))? {
        // One answer that cannot be followed up must not hold back the others.
        if let Err(error) = while_changed(|| settle(app, load, &due)) {
            first_error.get_or_insert(error);
        }
    }
    first_error.map_or(Ok(()), Err)
}

/// Writes what follows for one item, unless another process has done it first.
fn settle(app: &App, load: LoadPlace, due: &HeldFinding) -> Result<(), CommandError> {
    let pending = &due.pending;
    let place = match PlaceName::of_prefix(&pending.place) {
        Some(name) => if_readable(load(app, pending.record, &name))?.flatten(),
        None => None,
    };
    let save = match place {
        Some(place) => followup::finding_save(app, &place, &pending.item, pending.failed_again)?,
        None => None,
    };
    app.store().save_ending(due, save.into_iter().collect())?;
    Ok(())
}
