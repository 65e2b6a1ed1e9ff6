//! The envelope of a record of evidence.

use causal::RecordId;
use domain::checked_time::{CheckedTime, ClockReading};
use domain::time::{Shift, UtcMillis};
use replica::{Save, Saved};
use serde_json::json;

use crate::app::{App, while_changed};
use crate::campus::Campus;
use crate::document::{Fields, field};
use crate::error::CommandError;

/// Names the rows that were saved while nobody vouched for the clock, among the settings of the device.
const PREFIX: &str = "clock_later/";

/// The fields every record of evidence starts with: who made it and when, by which clock, and the day it counts for.
pub(crate) fn envelope(app: &App, campus: &Campus, time: &CheckedTime, occurred_at: UtcMillis, shift: Shift) -> Fields {
    vec![
        field("created", json!({"by": app.by().as_deref(), "at": time.now})),
        field("occurred_at", json!(occurred_at)),
        field("recorded_at", json!(time.now)),
        field("business_date", campus.business_date(occurred_at, shift)),
        field("clock", json!(time.stamp())),
    ]
}

/// Saves a row that begins with an [`envelope`] of `time`.
///
/// Where nobody vouched for it, the device remembers to say what the time was as soon as it learns it.
pub(crate) fn save(app: &App, save: Save, time: &CheckedTime) -> Result<Saved, CommandError> {
    save_all(app, vec![save], time)
}

/// Saves a row that begins with an [`envelope`] of `time`, and with it what follows from it; gives the row.
pub(crate) fn save_all(app: &App, saves: Vec<Save>, time: &CheckedTime) -> Result<Saved, CommandError> {
    let saved = app.store().save_with_settings(saves, |saved| later(saved.first().map(|row| row.id), time))?;
    saved.into_iter().next().ok_or_else(|| CommandError::internal(&"a save gave nothing"))
}

/// What the device remembers of new rows to say later what the time was; nothing where that is known.
pub(crate) fn later(
    rows: impl IntoIterator<Item = RecordId>,
    time: &CheckedTime,
) -> Vec<(String, Option<serde_json::Value>)> {
    if time.is_checked() {
        return Vec::new();
    }
    rows.into_iter().map(|row| (format!("{PREFIX}{row}"), Some(json!(time.reading)))).collect()
}

/// Adds `clock_later` to the rows that were saved before the device knew the time, once it does.
///
/// What it could not learn in the same start of the machine it never will.
/// Cost: one look into an index when there are none.
pub(crate) fn settle_clocks(app: &App) -> Result<(), CommandError> {
    let waiting: Vec<(String, ClockReading)> = app.store().device_settings(PREFIX)?;
    if waiting.is_empty() {
        return Ok(());
    }
    let time = app.time();
    for (id, reading) in waiting {
        let is_of_this_start = reading.steady.boot == time.reading.steady.boot;
        if time.is_checked() || !is_of_this_start {
            while_changed(|| put_right(app, &id, reading, &time))?;
        }
    }
    Ok(())
}

fn put_right(app: &App, id: &str, reading: ClockReading, time: &CheckedTime) -> Result<(), CommandError> {
    let held = id.parse().ok().map(|id| app.store().get(RecordId(id))).transpose()?.flatten();
    let correction = time.correction(reading);
    let save = held.zip(correction).map(|(held, correction)| Save {
        id: Some(held.record.id),
        kind: held.record.kind.to_string(),
        seen: Some(held.version.clone()),
        only_if: Some(held.version),
        set: vec![field("clock_later", json!(correction))],
        ..Save::default()
    });
    app.store().save_taking_settings(&[format!("{PREFIX}{id}")], save.into_iter().collect())?;
    Ok(())
}
