//! What of a patrol counts for its window, kept beside its state.

use causal::Record;
use domain::correction::apply;
use domain::patrol::Tally;
use domain::reading;
use rusqlite::{Transaction, params};

use super::StoreError;

/// The kind that is tallied.
pub(super) const KIND: &str = "patrol_run";

/// The tally of a record as a text; none for other kinds.
pub(super) fn text_of(record: &Record) -> Option<String> {
    if &*record.kind != KIND {
        return None;
    }
    serde_json::to_string(&Tally::read(&apply(KIND, &reading::read(KIND, &record.state)))).ok()
}

/// Puts the tally of a record beside it, where it has one.
pub(super) fn keep(txn: &Transaction<'_>, row: i64, tally: Option<&str>) -> Result<(), StoreError> {
    let Some(tally) = tally else { return Ok(()) };
    let sql =
        "INSERT INTO tally (record, tally) VALUES (?1, ?2) ON CONFLICT (record) DO UPDATE SET tally = excluded.tally";
    txn.prepare_cached(sql)?.execute(params![row, tally])?;
    Ok(())
}
