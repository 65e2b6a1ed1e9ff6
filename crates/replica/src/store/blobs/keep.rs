//! Putting and reading bytes, and saying where a blob is.

use rusqlite::{OptionalExtension, params};
use wire::{BlobId, MAX_BLOB_BYTES};

use super::{DAMAGED, HERE, note_damaged, note_here};
use crate::store::{Store, StoreError};

/// Where a blob is, as far as this store knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlobState {
    /// The server has it.
    Sent,
    /// It is here, a record names it, and the server does not have all of it.
    Owed,
    /// It was here, the server does not have it, and its bytes here are missing or damaged.
    Damaged,
    /// A record names it, and its bytes are not here.
    Awaited,
    /// It is here, and no record names it.
    Loose,
    /// Nothing is known of it.
    Unknown,
}

impl Store {
    /// Keeps the bytes of a photo or scan; they are on disk when this returns, and a record may name them then.
    ///
    /// Putting the same bytes twice is putting them once.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], [`StoreError::BlobTooLarge`], [`StoreError::Blob`]; nothing is half kept then.
    pub fn put_blob(&self, bytes: &[u8]) -> Result<BlobId, StoreError> {
        if bytes.len() > MAX_BLOB_BYTES {
            return Err(StoreError::BlobTooLarge(bytes.len()));
        }
        let now = self.now_ms();
        let id = self.blobs.put(bytes).map_err(StoreError::of_blobs)?;
        self.write(|txn| note_here(txn, id, bytes.len(), !self.owes_blobs, now))?;
        Ok(id)
    }

    /// The bytes of a blob; none when they are not here, or damaged.
    ///
    /// # Errors
    /// When they are here and cannot be read.
    pub fn read_blob(&self, id: BlobId) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes = self.blobs.read(id).map_err(StoreError::of_blobs)?;
        let sql = "SELECT here FROM blob WHERE id = ?1";
        let known: Option<i64> = self.read().prepare_cached(sql)?.query_row([id.0], |row| row.get(0)).optional()?;
        // The file tells more than the row: it was put back, or it is gone.
        let noted = match (known, &bytes) {
            (Some(known), Some(bytes)) if known != HERE => {
                let now = self.now_ms();
                self.write(|txn| note_here(txn, id, bytes.len(), !self.owes_blobs, now))
            }
            (Some(HERE), None) => self.write(|txn| note_damaged(txn, id)),
            _ => Ok(()),
        };
        if let Err(error) = noted {
            tracing::warn!(%id, %error, "where a blob is could not be noted");
        }
        Ok(bytes)
    }

    /// Whether the bytes of a blob are here, without reading them.
    ///
    /// # Errors
    /// When that cannot be found out.
    pub fn has_blob(&self, id: BlobId) -> Result<bool, StoreError> {
        self.blobs.has(id).map_err(StoreError::of_blobs)
    }

    /// Where a blob is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn blob_state(&self, id: BlobId) -> Result<BlobState, StoreError> {
        let sql = "SELECT here, sent, EXISTS (SELECT 1 FROM blob_reference WHERE blob = row) FROM blob WHERE id = ?1";
        let known: Option<(i64, bool, bool)> = {
            let connection = self.read();
            let mut statement = connection.prepare_cached(sql)?;
            statement.query_row(params![id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?
        };
        let is_named = known.is_some_and(|(_, _, is_named)| is_named);
        if !self.owes_blobs {
            return Ok(match (self.has_blob(id)?, is_named) {
                (true, _) => BlobState::Sent,
                (false, true) => BlobState::Awaited,
                (false, false) => BlobState::Unknown,
            });
        }
        Ok(match known {
            Some((_, true, _)) => BlobState::Sent,
            Some((HERE, _, true)) => BlobState::Owed,
            Some((DAMAGED, _, true)) => BlobState::Damaged,
            Some((HERE, _, false)) => BlobState::Loose,
            Some((_, _, true)) => BlobState::Awaited,
            Some(_) | None => BlobState::Unknown,
        })
    }
}
