//! What the exchange asks and notes: which blob is next, how far it is, and when to try again.

use causal::RecordId;
use rusqlite::{OptionalExtension, Transaction, params};
use wire::{BlobId, Problem};

use super::{AWAY, note_damaged, note_here};
use crate::store::integer::integer;
use crate::store::txn::Txn;
use crate::store::{Store, StoreError};

/// The wait after a blob did not get through for the first time; it doubles up to [`LONGEST_WAIT_MS`].
const FIRST_WAIT_MS: u64 = 15_000;
/// The longest wait before a blob is tried again.
const LONGEST_WAIT_MS: u64 = 3_600_000;

/// A blob that goes out next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    pub(crate) id: BlobId,
    /// How many of its bytes the server was last known to have.
    pub(crate) sent_bytes: u64,
}

/// A blob waits no longer than this, even when the clock was put back since.
const IS_DUE: &str = "(not_before <= ?1 OR not_before > ?1 + 7200000)";

impl Store {
    /// The blob to send next: small pictures first, then oldest first.
    ///
    /// One that only records name which the server has never taken is left out: nothing there would keep it.
    pub(crate) fn next_upload(&self) -> Result<Option<Upload>, StoreError> {
        let sql = format!(
            "SELECT id, sent_bytes FROM blob b WHERE here > 0 AND sent = 0 AND {IS_DUE} AND EXISTS (
                 SELECT 1 FROM blob_reference n JOIN record r ON r.row = n.record WHERE n.blob = b.row
                 AND (r.acknowledged > 0
                      OR NOT EXISTS (SELECT 1 FROM outbox WHERE record = n.record AND rejected IS NOT NULL)))
             ORDER BY thumb DESC, queued_at, row LIMIT 1"
        );
        let connection = self.read();
        let mut statement = connection.prepare_cached(&sql)?;
        let found = statement.query_row([integer(self.wall_ms())], |row| {
            Ok(Upload { id: BlobId(row.get(0)?), sent_bytes: row.get::<_, i64>(1)?.unsigned_abs() })
        });
        Ok(found.optional()?)
    }

    /// The small picture to fetch next.
    pub(crate) fn next_download(&self) -> Result<Option<BlobId>, StoreError> {
        if !self.owes_blobs {
            return Ok(None);
        }
        let sql = format!("SELECT id FROM blob WHERE here <> 1 AND thumb = 1 AND {IS_DUE} ORDER BY row LIMIT 1");
        let connection = self.read();
        let mut statement = connection.prepare_cached(&sql)?;
        Ok(statement.query_row([integer(self.wall_ms())], |row| Ok(BlobId(row.get(0)?))).optional()?)
    }

    /// Notes that a blob is about to be sent.
    pub(crate) fn upload_begins(&self, id: BlobId) -> Result<(), StoreError> {
        self.write(|txn| {
            let sql = "UPDATE blob SET attempts = attempts + 1 WHERE id = ?1";
            Ok(txn.prepare_cached(sql)?.execute([id.0]).map(drop)?)
        })
    }

    /// Notes how many bytes of a blob the server has.
    pub(crate) fn upload_stands_at(&self, id: BlobId, offset: u64) -> Result<(), StoreError> {
        self.write(|txn| {
            let sql = "UPDATE blob SET sent_bytes = ?2 WHERE id = ?1";
            Ok(txn.prepare_cached(sql)?.execute(params![id.0, integer(offset)]).map(drop)?)
        })
    }

    /// Notes that the server has all of a blob.
    pub(crate) fn upload_ended(&self, id: BlobId) -> Result<(), StoreError> {
        self.write(|txn| {
            let sql = "UPDATE blob SET sent = 1, sent_bytes = size, problem = NULL, attempts = 0, not_before = 0
                       WHERE id = ?1";
            txn.prepare_cached(sql)?.execute([id.0])?;
            note_shown(txn, id)
        })
    }

    /// Notes why a blob did not get through; it is tried again after a while, and later each time.
    pub(crate) fn upload_failed(&self, id: BlobId, problem: &Problem) -> Result<(), StoreError> {
        let now = self.wall_ms();
        let text = serde_json::to_string(problem).unwrap_or_default();
        self.write(|txn| {
            wait_longer(txn, id, now)?;
            txn.prepare_cached("UPDATE blob SET problem = ?2 WHERE id = ?1")?.execute(params![id.0, text])?;
            note_shown(txn, id)
        })
    }

    /// Notes that the bytes of a blob, which has to go out, are missing or damaged here.
    pub(crate) fn upload_is_damaged(&self, id: BlobId, problem: &Problem) -> Result<(), StoreError> {
        self.write(|txn| note_damaged(txn, id))?;
        self.upload_failed(id, problem)
    }

    /// Keeps a blob that the server gave.
    pub(crate) fn download_ended(&self, bytes: &[u8]) -> Result<BlobId, StoreError> {
        let now = self.wall_ms();
        let id = self.blobs.put(bytes).map_err(StoreError::of_blobs)?;
        self.write(|txn| {
            note_here(txn, id, bytes.len(), true, now)?;
            txn.prepare_cached("UPDATE blob SET sent_bytes = size WHERE id = ?1")?.execute([id.0])?;
            note_shown(txn, id)
        })?;
        Ok(id)
    }

    /// Tells whoever shows the records that name a blob that it is there now, in a place that the store shares with others.
    ///
    /// # Errors
    /// [`StoreError`]
    pub fn blob_arrived(&self, id: BlobId) -> Result<(), StoreError> {
        self.write(|txn| note_shown(txn, id))
    }

    /// Notes that the server does not have a blob yet; it is asked again after a while, and later each time.
    pub(crate) fn download_failed(&self, id: BlobId) -> Result<(), StoreError> {
        let now = self.wall_ms();
        self.write(|txn| {
            let sql = "UPDATE blob SET attempts = attempts + 1 WHERE id = ?1";
            txn.prepare_cached(sql)?.execute([id.0])?;
            wait_longer(txn, id, now)
        })
    }
}

/// Gives every blob that waits for its next try that try now.
pub(in crate::store) fn retry(txn: &Transaction<'_>) -> Result<(), StoreError> {
    txn.execute("UPDATE blob SET not_before = 0 WHERE not_before > 0", [])?;
    Ok(())
}

/// A server that went back may have lost any blob: each that is here is owed again until the server says that it has it.
pub(in crate::store) fn owe_again(txn: &Transaction<'_>, now_ms: u64) -> Result<(), StoreError> {
    let sql = "UPDATE blob SET queued_at = iif(sent = 1, ?1, queued_at), sent = 0, sent_bytes = 0, attempts = 0,
               not_before = 0, problem = NULL WHERE here > ?2";
    txn.execute(sql, params![integer(now_ms), AWAY])?;
    txn.execute("UPDATE blob SET sent = 0, not_before = 0 WHERE here = ?1", [AWAY])?;
    Ok(())
}

fn wait_longer(txn: &Transaction<'_>, id: BlobId, now_ms: u64) -> Result<(), StoreError> {
    let sql = "UPDATE blob SET not_before = ?2 + min(?3 << min(max(attempts - 1, 0), 16), ?4) WHERE id = ?1";
    let waits = params![id.0, integer(now_ms), integer(FIRST_WAIT_MS), integer(LONGEST_WAIT_MS)];
    txn.prepare_cached(sql)?.execute(waits)?;
    Ok(())
}

/// Notes the records that name a blob: what they show of it has changed.
fn note_shown(txn: &Txn<'_>, id: BlobId) -> Result<(), StoreError> {
    let sql =
        "SELECT r.kind, r.id FROM blob b JOIN blob_reference n ON n.blob = b.row JOIN record r ON r.row = n.record
               WHERE b.id = ?1";
    let mut statement = txn.prepare_cached(sql)?;
    let rows = statement.query_map([id.0], |row| Ok((row.get::<_, String>(0)?, RecordId(row.get(1)?))))?;
    for row in rows {
        let (kind, record) = row?;
        txn.note_record(&kind, record);
    }
    Ok(())
}
