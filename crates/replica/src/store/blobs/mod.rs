//! What the store knows of photos and scans: which records name them, and which the server has.
//!
//! Invariants: the bytes of a blob are on disk before a record that names it is saved; the references are those of the live
//! values of every record, changed in the transaction that changes the record; only what a record names is owed.

mod keep;
mod owed;
pub(super) mod references;
mod transfer;

use rusqlite::{Transaction, params};
use wire::BlobId;

use super::StoreError;
use super::integer::integer;

pub use keep::BlobState;
pub use owed::{BlobCounts, OwedBlob};
pub(crate) use transfer::Upload;
pub(super) use transfer::{owe_again, retry};

/// The bytes are not here.
const AWAY: i64 = 0;
/// The bytes are here.
const HERE: i64 = 1;
/// The bytes were here, and turned out missing or damaged.
const DAMAGED: i64 = 2;

/// Notes that the bytes of a blob are here.
fn note_here(txn: &Transaction<'_>, id: BlobId, size: usize, is_sent: bool, now_ms: u64) -> Result<(), StoreError> {
    let sql = "INSERT INTO blob (id, here, size, sent, queued_at) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT (id) DO UPDATE SET size = excluded.size, sent = max(sent, excluded.sent),
                   queued_at = iif(here = 0, excluded.queued_at, queued_at), here = excluded.here,
                   attempts = 0, not_before = 0, problem = NULL";
    let size = integer(size as u64);
    txn.prepare_cached(sql)?.execute(params![id.0, HERE, size, is_sent, integer(now_ms)])?;
    Ok(())
}

/// Notes that the bytes of a blob, which were here, are missing or damaged.
fn note_damaged(txn: &Transaction<'_>, id: BlobId) -> Result<(), StoreError> {
    let sql = "UPDATE blob SET here = ?2 WHERE id = ?1 AND here = ?3";
    txn.prepare_cached(sql)?.execute(params![id.0, DAMAGED, HERE])?;
    Ok(())
}
