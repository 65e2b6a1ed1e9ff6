//! Items of forms whose finding is looked at later, when the undo of their answer has ended.
//!
//! What waits is a decision of this device and follows from no record: two tablets that hold one answer do not both owe its
//! finding. So it is derived by no rules, and a change of rules leaves it as it is; whether there is a finding is judged when it
//! is due. It stands in a table by its time, so nobody looks through forms for it.

use causal::RecordId;
use rusqlite::{Connection, Row, Transaction, params};
use uuid::Uuid;

use super::drafts::{self, Taken};
use super::integer::integer;
use super::save::{Save, Saved};
use super::{Store, StoreError, report};

/// An item whose finding is looked at later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingFinding {
    /// The record that is answered.
    pub record: RecordId,
    /// The place of the record, as its fields begin; empty for the record as a whole.
    pub place: String,
    /// The code of the item.
    pub item: String,
    /// When it is looked at, ms since 1970 UTC.
    pub due: u64,
    /// Whether the item failed by what was written, and not before or otherwise.
    pub failed_again: bool,
}

/// A pending finding as the store holds it: it is another one once something further was written to its item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldFinding {
    /// What waits.
    pub pending: PendingFinding,
    since: i64,
}

/// What changes on this device together with a save.
#[derive(Debug, Default)]
pub struct Beside {
    /// Settings; one without a value is removed.
    pub settings: Vec<(String, Option<serde_json::Value>)>,
    /// Findings to be looked at later; with one of the same item that waits already it becomes one, at the later write's time.
    pub waiting: Vec<PendingFinding>,
    /// Findings that wait no longer, unless something further was written to their items.
    pub ended: Vec<HeldFinding>,
    /// What of a draft it takes up.
    pub taken: Option<Taken>,
}

const COLUMNS: &str = "record, place, item, due, failed_again, since";

impl Store {
    /// The findings whose time has come at `now`, those of one record side by side.
    ///
    /// What would wait until after `latest` was written before the clock was set back, and has waited long enough.
    /// Cost: one look into a table that holds what was answered in the last few seconds.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn due_findings(&self, now: u64, latest: u64) -> Result<Vec<HeldFinding>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM pending_finding WHERE due <= ?1 OR due > ?2 ORDER BY record, place, item");
        let connection = self.read();
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![integer(now), integer(latest)], held)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The findings that wait at one place of a record.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pending_findings(&self, record: RecordId, place: &str) -> Result<Vec<HeldFinding>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM pending_finding WHERE record = ?1 AND place = ?2 ORDER BY item");
        let connection = self.read();
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![record.0, place], held)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Saves several records and changes beside them what only this device keeps, all or none.
    ///
    /// So a finding that waits for its undo to end is never apart from the answer that it follows from.
    /// `beside` gets what the saves gave.
    ///
    /// # Errors
    /// The first that cannot be saved; nothing has changed then.
    pub fn save_beside(
        &self,
        saves: Vec<Save>,
        beside: impl FnOnce(&[Saved]) -> Beside,
    ) -> Result<Vec<Saved>, StoreError> {
        let now = self.now_ms();
        self.write(|txn| {
            let saved: Vec<Saved> =
                saves.into_iter().map(|save| self.save_in(txn, save, now)).collect::<Result<_, _>>()?;
            let since = saved.iter().map(|saved| integer(saved.dot.counter)).max().unwrap_or(0);
            let Beside { settings, waiting, ended, taken } = beside(&saved);
            for (name, value) in settings {
                report::put_device_setting(txn, &name, value.as_ref())?;
            }
            for finding in &ended {
                end(txn, finding)?;
            }
            waiting.iter().try_for_each(|finding| wait(txn, finding, since))?;
            taken.iter().try_for_each(|taken| drafts::take(txn, taken))?;
            Ok(saved)
        })
    }

    /// Ends the waiting of a finding and saves what comes of it, both or neither; none where it did not wait like this any more.
    ///
    /// Of several processes that settle it, one does; and what was written to the item meanwhile is looked at in its own time.
    ///
    /// # Errors
    /// The first that cannot be saved; nothing has changed then.
    pub fn save_ending(&self, finding: &HeldFinding, saves: Vec<Save>) -> Result<Option<Vec<Saved>>, StoreError> {
        let now = self.now_ms();
        self.write(|txn| {
            if end(txn, finding)? == 0 {
                return Ok(None);
            }
            saves.into_iter().map(|save| self.save_in(txn, save, now)).collect::<Result<_, _>>().map(Some)
        })
    }
}

/// Lets a finding wait; what waits already keeps whether it failed again.
pub(super) fn wait(txn: &Transaction<'_>, finding: &PendingFinding, since: i64) -> Result<(), StoreError> {
    let sql =
        "INSERT INTO pending_finding (record, place, item, due, failed_again, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT (record, place, item) DO UPDATE
               SET due = excluded.due, failed_again = max(failed_again, excluded.failed_again), since = excluded.since";
    txn.prepare_cached(sql)?.execute(params![
        finding.record.0,
        finding.place,
        finding.item,
        integer(finding.due),
        finding.failed_again,
        since
    ])?;
    Ok(())
}

/// Ends the waiting of a finding; how many waited like this, which is one or none.
fn end(txn: &Transaction<'_>, HeldFinding { pending, since }: &HeldFinding) -> Result<usize, StoreError> {
    let sql = "DELETE FROM pending_finding WHERE record = ?1 AND place = ?2 AND item = ?3 AND since = ?4 AND due = ?5";
    let mut statement = txn.prepare_cached(sql)?;
    Ok(statement.execute(params![pending.record.0, pending.place, pending.item, since, integer(pending.due)])?)
}

/// All that waits, of a file that is being saved.
pub(crate) fn all(connection: &Connection) -> Result<Vec<PendingFinding>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM pending_finding");
    let mut statement = connection.prepare(&sql)?;
    let rows = statement.query_map([], held)?;
    Ok(rows.map(|row| row.map(|held| held.pending)).collect::<Result<_, _>>()?)
}

fn held(row: &Row<'_>) -> rusqlite::Result<HeldFinding> {
    let pending = PendingFinding {
        record: RecordId(row.get::<_, Uuid>(0)?),
        place: row.get(1)?,
        item: row.get(2)?,
        due: row.get::<_, i64>(3)?.unsigned_abs(),
        failed_again: row.get(4)?,
    };
    Ok(HeldFinding { pending, since: row.get(5)? })
}
