//! When blobs are tried again.

use rusqlite::{Transaction, params};

use super::AWAY;
use crate::store::StoreError;
use crate::store::records::integer;

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
