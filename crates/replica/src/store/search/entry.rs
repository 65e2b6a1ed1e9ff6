//! The entries of records in the index, and the list of those that wait for one.

use rusqlite::{Transaction, params};

use super::words::Words;
use crate::store::StoreError;
use crate::store::txn::Txn;

/// Puts what a record is found by in the place of what it was.
pub(in crate::store) fn index(txn: &Txn<'_>, row: i64, before: &Words, now: &Words) -> Result<(), StoreError> {
    if before == now {
        return Ok(());
    }
    // What is deleted or purged leaves at once, whatever else waits.
    if txn.indexes_later() && !now.is_empty() {
        return wait(txn, row);
    }
    if !before.is_empty() {
        remove(txn, row)?;
    }
    enter(txn, row, now)
}

/// Takes a record out of the index, and out of what waits for it.
pub(in crate::store) fn remove(txn: &Transaction<'_>, row: i64) -> Result<(), StoreError> {
    txn.prepare_cached("DELETE FROM text WHERE rowid = ?1")?.execute([row])?;
    txn.prepare_cached("DELETE FROM search_waiting WHERE record = ?1")?.execute([row])?;
    Ok(())
}

/// Enters a record that is not in the index.
pub(in crate::store) fn enter(txn: &Transaction<'_>, row: i64, words: &Words) -> Result<(), StoreError> {
    if !words.is_empty() {
        let [title, rest] = words.tokens();
        let sql = "INSERT INTO text (rowid, title, rest) VALUES (?1, ?2, ?3)";
        txn.prepare_cached(sql)?.execute(params![row, title, rest])?;
    }
    Ok(())
}

/// Lets one record wait.
pub(in crate::store) fn wait(txn: &Transaction<'_>, row: i64) -> Result<(), StoreError> {
    txn.prepare_cached("INSERT OR IGNORE INTO search_waiting (record) VALUES (?1)")?.execute([row])?;
    Ok(())
}

/// Lets every record wait.
pub(super) fn wait_all(txn: &Transaction<'_>) -> Result<(), StoreError> {
    txn.execute("INSERT OR IGNORE INTO search_waiting (record) SELECT row FROM record", [])?;
    Ok(())
}
