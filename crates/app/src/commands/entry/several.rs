//! Several new rows of a register at once, such as siblings who leave together: all of them or none.

use causal::RecordId;
use domain::register::CheckedRow;
use replica::{Save, new_uuid_v7};
use serde_json::Value;
use uuid::Uuid;

use super::save::{New, check_may_write, checked};
use crate::app::App;
use crate::campus::Campus;
use crate::document::Document;
use crate::entry::{check_here, named};
use crate::envelope::later;
use crate::error::CommandError;
use crate::sight::Viewer;

/// A row to be written.
pub(in crate::commands) struct NewRow {
    /// What was typed.
    pub(in crate::commands) set: Document,
    /// What the program fills in.
    pub(in crate::commands) own: Vec<(String, Value)>,
}

/// Writes new rows of a register without a key, as `entry.save` does each; gives their ids, in order.
///
/// # Errors
/// Those of `entry.save`; none of the rows is saved then.
pub(in crate::commands) fn save_rows(
    app: &App,
    kind: &str,
    rows: Vec<NewRow>,
    campus: Option<Uuid>,
    sure: &[String],
) -> Result<Vec<Uuid>, CommandError> {
    let register = named(kind)?;
    let campus = Campus::named_or_here(app, campus)?;
    let viewer = Viewer::here(app, &campus)?;
    check_here(app, &campus, register)?;
    check_may_write(register, &viewer)?;
    let time = app.time();
    let mut ids = Vec::new();
    let mut saves: Vec<Save> = Vec::new();
    for row in rows {
        let id = RecordId(new_uuid_v7(app.now_ms(), &*app.store().ports().entropy));
        let (campus, CheckedRow { mut writes, warnings }) = checked(app, register, campus.clone(), &row.set, sure)?;
        writes.extend(row.own);
        let new = New { id, campus: &campus, time: &time, late_reason: None, sure };
        saves.extend(new.saves(app, register, &viewer, CheckedRow { writes, warnings })?);
        ids.push(id);
    }
    let rows = ids.clone();
    app.store().save_with_settings(saves, |_| later(rows, &time))?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}
