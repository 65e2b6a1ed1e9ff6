//! What a purge leaves behind beside its record: the bytes of photos, and words in the search index.
//!
//! The record itself loses its values in the transaction that brings the purge, and deleted content is overwritten with zeros
//! (`secure_delete`). An index without content keeps the words of a record that left it until its segments are merged, so they are,
//! slice by slice in idle moments; and the log, which still holds the pages of before, is folded then.
//! What is left to do stands in the file from that transaction on, so a kill loses none of it.

use std::sync::{Mutex, TryLockError};

use causal::RecordId;
use rusqlite::{Connection, Transaction, params};
use uuid::Uuid;
use wire::BlobId;

use super::integer::integer;
use super::meta::{get_meta, set_meta};
use super::purged::{BLOB, SCRUB, Scrub};
use super::txn::Txn;
use super::{Store, StoreError, schema};

/// So many pages of the index one slice merges.
const PAGES: i64 = 16;

impl Store {
    /// Purged records, by id, beyond `after`.
    ///
    /// Cost: a look at every record.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn purged(&self, after: Option<RecordId>, limit: u64) -> Result<Vec<RecordId>, StoreError> {
        let connection = self.read();
        let sql = "SELECT id FROM record WHERE hidden = 2 AND id > ?1 ORDER BY id LIMIT ?2";
        let after = after.map_or_else(Uuid::nil, |id| id.0);
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![after, integer(limit)], |row| row.get(0).map(RecordId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Forgets the photos that only purged records named, and removes their bytes.
    ///
    /// What cannot be done now is done after the next page of the feed.
    pub(crate) fn forget_purged_blobs(&self) {
        let forgotten = self.purged_blobs().and_then(|all| all.into_iter().try_for_each(|id| self.forget_blob(id)));
        if let Err(error) = forgotten {
            tracing::warn!(%error, "photos of purged records are removed later");
        }
    }

    fn purged_blobs(&self) -> Result<Vec<BlobId>, StoreError> {
        let connection = self.read();
        let sql = "SELECT substr(key, length(?1) + 1) FROM meta WHERE key >= ?1 AND key < ?1 || char(1114111)";
        let mut statement = connection.prepare_cached(sql)?;
        let names: Vec<String> = statement.query_map([BLOB], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(names.iter().filter_map(|name| name.parse().ok()).collect())
    }

    fn forget_blob(&self, id: BlobId) -> Result<(), StoreError> {
        self.write(|txn| {
            let sql = "DELETE FROM blob WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM blob_reference WHERE blob = row)";
            if txn.prepare_cached(sql)?.execute([id.0])? > 0 {
                self.blobs.remove(id).map_err(StoreError::of_blobs)?;
            }
            txn.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([format!("{BLOB}{id}")])?;
            Ok(())
        })
    }

    /// Takes the words of purged records out of the index, to its end; saves come between.
    ///
    /// # Errors
    /// When the file cannot be written; what is left is done in idle moments.
    pub fn scrub(&self) -> Result<(), StoreError> {
        while self.write(|txn| scrub_slice(txn))? {
            std::thread::yield_now();
        }
        self.fold_log()
    }
}

/// One slice, unless somebody is writing; whether more is left.
pub(super) fn scrub_if_idle(writer: &Mutex<Connection>) -> Result<bool, StoreError> {
    let mut connection = match writer.try_lock() {
        Ok(connection) => connection,
        // A panic while the lock was held rolled its transaction back.
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return Ok(true),
    };
    if get_meta::<Scrub>(&connection, SCRUB)?.is_none() {
        return Ok(false);
    }
    let Some(txn) = Txn::begin_if_idle(&mut connection)? else { return Ok(true) };
    let has_more = scrub_slice(&txn)?;
    txn.commit()?;
    if !has_more {
        schema::fold_log(&connection)?;
    }
    Ok(has_more)
}

fn scrub_slice(txn: &Transaction<'_>) -> Result<bool, StoreError> {
    let Some(stands) = get_meta::<Scrub>(txn, SCRUB)? else { return Ok(false) };
    let changes = || txn.query_row("SELECT total_changes()", [], |row| row.get::<_, i64>(0));
    let before = changes()?;
    // A negative number begins a merge of everything, as FTS5 has it; it says that nothing is left by changing nothing.
    let pages = if stands == Scrub::Begin { -PAGES } else { PAGES };
    txn.execute("INSERT INTO text (text, rank) VALUES ('merge', ?1)", [pages])?;
    let has_more = changes()? - before >= 2;
    if has_more {
        set_meta(txn, SCRUB, &Scrub::On)?;
    } else {
        txn.execute("DELETE FROM meta WHERE key = ?1", [SCRUB])?;
    }
    Ok(has_more)
}
