//! Records that wait for the search index.
//!
//! What a person saves is found at once. What comes in pages from the server, or is read anew by a newer app, waits here, and
//! is indexed in idle moments and before a search, in slices so short that a save in between does not notice.
//! The records stand in the file from the transaction that changed them on, so a kill loses none.

use std::sync::{Mutex, TryLockError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction};

use super::StoreError;
use super::integer::integer;
use super::records::Row;
use super::search::{self, Query, Words};
use super::txn::Txn;

/// How long one slice takes.
const SLICE: Duration = Duration::from_millis(8);
/// So many records are entered from the smallest row up, the newest such batch first.
///
/// FTS5 gathers entries in memory as long as their rows ascend; a smaller row than the last makes it write a segment of its
/// own, and merging those was most of the work when the newest record went in first, one by one.
const BATCH: u64 = 256;
/// So many waiting records a search looks through without an index.
const LOOKED_THROUGH: u64 = 500;

/// What a search makes of the records that wait.
#[derive(Debug, Default)]
pub(super) struct WaitingHits {
    /// The rows that it finds, newest first.
    pub(super) found: Vec<i64>,
    /// How many were not looked at.
    pub(super) left: u64,
}

/// Looks through the newest of the waiting records.
pub(super) fn look_through(
    connection: &Connection,
    query: &Query,
    kinds: &[String],
) -> Result<WaitingHits, StoreError> {
    let mut waiting = WaitingHits::default();
    let rows = newest(connection, LOOKED_THROUGH)?;
    if rows.len() as u64 == LOOKED_THROUGH {
        waiting.left = count(connection)? - LOOKED_THROUGH;
    }
    for row in rows {
        let Some(held) = Row::load_whole(connection, row)? else { continue };
        let is_wanted = kinds.is_empty() || kinds.iter().any(|kind| **kind == *held.record.kind);
        if is_wanted && query.matches(&Words::of(&held.record).tokens().join(" ")) {
            waiting.found.push(row);
        }
    }
    Ok(waiting)
}

/// How many records wait.
pub(super) fn count(connection: &Connection) -> Result<u64, StoreError> {
    let count: i64 = connection.query_row("SELECT count(*) FROM search_waiting", [], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

fn newest(connection: &Connection, limit: u64) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT record FROM search_waiting ORDER BY record DESC LIMIT ?1")?;
    let rows = statement.query_map([integer(limit)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Indexes waiting records for as long as a slice lasts, of the newest batch first; whether more wait.
pub(super) fn index_slice(txn: &Transaction<'_>) -> Result<bool, StoreError> {
    let began = Instant::now();
    loop {
        let batch = newest(txn, BATCH)?;
        if batch.is_empty() {
            return Ok(false);
        }
        for row in batch.into_iter().rev() {
            search::remove(txn, row)?;
            if let Some(held) = Row::load_whole(txn, row)? {
                search::enter(txn, row, &Words::of(&held.record))?;
            }
            if began.elapsed() >= SLICE {
                return Ok(true);
            }
        }
    }
}

/// One slice, unless somebody is writing; whether more waits.
pub(super) fn index_if_idle(writer: &Mutex<Connection>) -> Result<bool, StoreError> {
    let mut connection = match writer.try_lock() {
        Ok(connection) => connection,
        // A panic while the lock was held rolled its transaction back.
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return Ok(true),
    };
    if newest(&connection, 1)?.is_empty() {
        return Ok(false);
    }
    let Some(txn) = Txn::begin_if_idle(&mut connection)? else { return Ok(true) };
    let has_more = index_slice(&txn)?;
    txn.commit()?;
    Ok(has_more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ports, Save, Store};

    /// Records that wait for the index.
    const RECORDS: u64 = 200;

    /// So many pieces of the index a slice may leave: FTS5 writes one whenever a row is smaller than the last, and one at the end.
    fn segments(store: &Store) -> i64 {
        // The id of a page begins with the number of its segment; 1 and 10 are the counts and the list of segments.
        let sql = "SELECT count(DISTINCT id >> 37) FROM text_data WHERE id > 10";
        store.read().query_row(sql, [], |row| row.get(0)).expect("the index")
    }

    #[test]
    fn what_waits_is_entered_from_the_smallest_row_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path(), Ports::system(), "1").expect("a new store");
        for number in 0..RECORDS {
            let note = serde_json::json!(format!("第{number}次")).into();
            let save = Save { kind: "inspection".into(), set: vec![("note".into(), note)], ..Save::default() };
            store.save(save).expect("a save");
        }
        let anew = "DELETE FROM text; INSERT INTO search_waiting (record) SELECT row FROM record;
                    INSERT INTO text (text) VALUES ('optimize');
                    INSERT INTO text (text, rank) VALUES ('automerge', 0), ('crisismerge', 1000);";
        store.writer.lock().expect("nobody panicked").execute_batch(anew).expect("all of it waits");
        let before = segments(&store);
        let mut slices = 1;
        while store.write(|txn| index_slice(txn)).expect("a slice") {
            slices += 1;
        }
        assert_eq!(count(&store.read()).expect("the store reads"), 0);
        assert!(segments(&store) - before <= slices, "{} pieces of {slices} slices", segments(&store) - before);
    }
}
