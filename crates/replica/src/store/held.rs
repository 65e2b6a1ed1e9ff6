//! Since when this device has held records whose age has to be proved, and how long the steady clock went on meanwhile.
//!
//! The time that went by is never less than what the steady clock has counted here: over several starts of the machine it is the sum of
//! what was counted in each, and what went by between two starts, or between two counts of different processes, is not in it.

use std::collections::BTreeMap;

use causal::RecordId;
use domain::checked_time::{Moment, Steady};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::integer::integer;
use super::txn::Txn;
use super::{StoreError, meta};

/// The kind of the records whose age has to be proved.
const KIND: &str = "food_sample";
/// The note of what was counted.
const COUNT: &str = "steady_count";
/// How often it is counted on.
const MINUTE_MS: i64 = 60_000;

/// Since when a record is held here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// When it came.
    pub since: Moment,
    /// What the steady clock has counted on this device since then, in milliseconds; the true time is not shorter.
    pub counted_ms: u64,
}

/// What was counted of the steady clock, and where it stood then.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Count {
    at: Steady,
    total_ms: u64,
}

impl Count {
    /// The same when the steady clock stands at `now`: only what one start of the machine can tell is added.
    fn on(self, now: Steady) -> Self {
        match now.since(self.at).map(u64::try_from) {
            Some(Ok(since)) => Self { at: now, total_ms: self.total_ms.saturating_add(since) },
            // A clock that goes back is none, and counts nothing twice.
            Some(Err(_)) => self,
            None => Self { at: now, total_ms: self.total_ms },
        }
    }
}

fn counted(connection: &Connection, now: Steady) -> Result<Count, StoreError> {
    let count: Option<Count> = meta::get_meta(connection, COUNT)?;
    Ok(count.unwrap_or(Count { at: now, total_ms: 0 }).on(now))
}

/// Whether the age of records of this kind has to be proved.
pub(super) fn is_held(kind: &str) -> bool {
    kind == KIND
}

/// Notes that the record in `row` is held from `since` on, where that is not noted yet.
pub(super) fn note(txn: &Txn<'_>, row: i64, since: &Moment) -> Result<(), StoreError> {
    let now = Steady { boot: since.clock.boot, ms: since.clock.steady_ms };
    let count = counted(txn, now)?;
    meta::set_meta(txn, COUNT, &count)?;
    let text = serde_json::to_string(since).map_err(|error| StoreError::Damaged(error.to_string()))?;
    let sql = "INSERT INTO held (record, since, counted) VALUES (?1, ?2, ?3) ON CONFLICT (record) DO NOTHING";
    txn.prepare_cached(sql)?.execute(params![row, text, integer(count.total_ms)])?;
    Ok(())
}

/// Since when records are held; those whose age has not to be proved, and those that are not here, are left out.
pub(super) fn since(
    connection: &Connection,
    ids: &[RecordId],
    now: Steady,
) -> Result<BTreeMap<RecordId, Held>, StoreError> {
    let total = counted(connection, now)?.total_ms;
    let sql = "SELECT since, counted FROM held WHERE record = (SELECT row FROM record WHERE id = ?1)";
    let mut statement = connection.prepare_cached(sql)?;
    let mut held = BTreeMap::new();
    for id in ids {
        let found = statement.query_row([id.0], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)));
        let Some((since, counted)) = found.optional()? else { continue };
        let Ok(since) = serde_json::from_str(&since) else { continue };
        held.insert(*id, Held { since, counted_ms: total.saturating_sub(counted.unsigned_abs()) });
    }
    Ok(held)
}

/// Whether it is time to count on; never on a device that holds nothing whose age has to be proved.
pub(super) fn is_due(connection: &Connection, now: Steady) -> Result<bool, StoreError> {
    let Some(count) = meta::get_meta::<Count>(connection, COUNT)? else { return Ok(false) };
    Ok(!now.since(count.at).is_some_and(|since| (0..MINUTE_MS).contains(&since)))
}

/// Counts on what the steady clock has gone since it was last counted.
pub(super) fn count_on(txn: &Txn<'_>, now: Steady) -> Result<(), StoreError> {
    meta::set_meta(txn, COUNT, &counted(txn, now)?)
}
