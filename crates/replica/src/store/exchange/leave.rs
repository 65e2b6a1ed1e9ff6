//! Leaving scopes: a device that serves less than before keeps nothing of what it served.
//!
//! What the server has not taken stays: it is nowhere else, and a code that serves its scope again sends it. What goes, goes as what was
//! purged does: overwritten at once in the file, photos and the index behind the transaction, the log folded at the end.

use causal::RecordId;
use domain::register::{hold_scope, register};
use rusqlite::{Transaction, params};
use uuid::Uuid;
use wire::{BlobId, BlobRefs};

use crate::store::records::Row;
use crate::store::txn::Txn;
use crate::store::{Store, StoreError, purged, search};

/// Records that owe the server nothing, neither a write nor the bytes of a photo.
const SETTLED: &str = "SELECT row, id, scope FROM record WHERE scope IS NOT NULL AND own <= acknowledged
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.record = record.row)
    AND NOT EXISTS (SELECT 1 FROM blob_reference JOIN blob ON blob.row = blob_reference.blob
                    WHERE blob_reference.record = record.row AND blob.here > 0 AND blob.sent = 0)";

impl Store {
    /// Whether something waits that only a device with its scope may send: a record of one, or a photo that such a record names.
    pub(crate) fn owes_scoped(&self) -> Result<bool, StoreError> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM outbox JOIN record ON record.row = outbox.record WHERE scope IS NOT NULL)
            OR EXISTS (SELECT 1 FROM blob JOIN blob_reference ON blob_reference.blob = blob.row
                       JOIN record ON record.row = blob_reference.record
                       WHERE blob.here > 0 AND blob.sent = 0 AND scope IS NOT NULL)";
        Ok(self.read().query_row(sql, [], |row| row.get(0))?)
    }

    /// Removes what a leaving left behind its transaction: photos, words in the index, pages in the log.
    ///
    /// What cannot be done now stands noted in the file, and is done in idle moments.
    pub(super) fn clear_behind(&self) {
        self.forget_purged_blobs();
        if let Err(error) = self.scrub() {
            tracing::warn!(%error, "what the device serves no longer leaves the index later");
        }
    }
}

/// Takes out of the store what is of none of these scopes and is settled with the server; gives whether anything was.
pub(super) fn leave(txn: &Txn<'_>, scopes: &[Uuid]) -> Result<bool, StoreError> {
    let mut statement = txn.prepare(SETTLED)?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let settled: Vec<(i64, Uuid, Uuid)> = found.collect::<Result<_, _>>()?;
    let left: Vec<(i64, Uuid)> =
        settled.into_iter().filter(|(.., scope)| !scopes.contains(scope)).map(|(row, id, _)| (row, id)).collect();
    for (row, id) in &left {
        take_out(txn, *row, RecordId(*id))?;
    }
    let dropped = leave_drafts(txn, scopes)?;
    Ok(dropped || !left.is_empty())
}

fn take_out(txn: &Txn<'_>, row: i64, id: RecordId) -> Result<(), StoreError> {
    let sql = "SELECT blob.id FROM blob_reference JOIN blob ON blob.row = blob_reference.blob WHERE record = ?1";
    let mut statement = txn.prepare_cached(sql)?;
    let named: Vec<BlobId> = statement.query_map([row], |row| row.get(0).map(BlobId))?.collect::<Result<_, _>>()?;
    let named: BlobRefs = named.into_iter().map(|blob| (blob, false)).collect();
    purged::note(txn, &named, true)?;
    txn.execute("DELETE FROM draft WHERE record = ?1", [id.to_string()])?;
    if let Some(held) = Row::load_whole(txn, row)? {
        return held.remove(txn);
    }
    // A state that cannot be read any more goes as well, whatever it held.
    search::remove(txn, row)?;
    for table in ["blob_reference", "outbox", "unechoed", "renamed", "damaged_state"] {
        txn.execute(&format!("DELETE FROM {table} WHERE record = ?1"), [row])?;
    }
    txn.execute("DELETE FROM record WHERE row = ?1", [row])?;
    Ok(())
}

/// Drops what was begun of registers in a compartment that the device holds no longer.
fn leave_drafts(txn: &Transaction<'_>, scopes: &[Uuid]) -> Result<bool, StoreError> {
    let mut statement = txn.prepare("SELECT DISTINCT form FROM draft WHERE form LIKE 'entry.%/%'")?;
    let forms: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let is_left = |form: &&String| {
        let kind = form.split_once('/').and_then(|(_, rest)| rest.split('.').next()).unwrap_or_default();
        let hold = register(kind).and_then(|register| register.hold);
        hold.is_some_and(|hold| !scopes.iter().any(|campus| scopes.contains(&hold_scope(*campus, hold))))
    };
    let mut dropped = 0;
    for form in forms.iter().filter(is_left) {
        dropped += txn.execute("DELETE FROM draft WHERE form = ?1", params![form])?;
    }
    Ok(dropped > 0)
}
