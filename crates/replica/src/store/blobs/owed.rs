//! What a person may be told about blobs that wait.

use causal::RecordId;
use rusqlite::{Row, params};
use wire::{BlobId, Problem};

use super::{DAMAGED, HERE};
use crate::store::integer::integer;
use crate::store::{Store, StoreError};

/// One photo or scan that the server does not have yet.
#[derive(Clone, Debug)]
pub struct OwedBlob {
    /// The blob.
    pub id: BlobId,
    /// Its bytes.
    pub bytes: u64,
    /// How many of them the server was last known to have.
    pub sent_bytes: u64,
    /// Whether it is the small picture of another.
    pub is_thumb: bool,
    /// Whether its bytes here turned out missing or damaged: it cannot be sent until they are put again.
    pub is_damaged: bool,
    /// The first record that names it.
    pub record: RecordId,
    /// When it was put, ms since 1970 UTC.
    pub queued_at: u64,
    /// How often it was tried.
    pub attempts: u64,
    /// Why it did not get through the last time.
    pub last_problem: Option<Problem>,
}

/// How many blobs wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlobCounts {
    /// Blobs that the server does not have yet; damaged ones are among them.
    pub owed: u64,
    /// Bytes that are still to be sent.
    pub owed_bytes: u64,
    /// Blobs whose bytes here turned out missing or damaged before the server had them.
    pub damaged: u64,
    /// Small pictures that records name and that are not here.
    pub wanted: u64,
}

impl Store {
    /// What the server does not have yet: small pictures first, then oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn owed_blobs(&self, limit: u64) -> Result<Vec<OwedBlob>, StoreError> {
        let sql = "SELECT b.id, b.size, b.sent_bytes, b.thumb, b.here, b.queued_at, b.attempts, b.problem,
                       (SELECT id FROM record
                        WHERE row = (SELECT min(record) FROM blob_reference WHERE blob = b.row)) AS named_by
                   FROM blob b WHERE here > 0 AND sent = 0 AND named_by IS NOT NULL
                   ORDER BY thumb DESC, queued_at, row LIMIT ?1";
        let connection = self.read();
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([integer(limit)], owed_blob)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Small pictures that records name and that are not here; the exchange fetches them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn wanted_blobs(&self, limit: u64) -> Result<Vec<BlobId>, StoreError> {
        if !self.owes_blobs {
            return Ok(Vec::new());
        }
        let connection = self.read();
        let sql = "SELECT id FROM blob WHERE here <> 1 AND thumb = 1 ORDER BY row LIMIT ?1";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([integer(limit)], |row| Ok(BlobId(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many blobs wait to be sent, and how many small pictures to be fetched.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn blob_counts(&self) -> Result<BlobCounts, StoreError> {
        let connection = self.read();
        let sql = "SELECT count(*), coalesce(sum(iif(here = ?1, max(size - sent_bytes, 0), 0)), 0),
                       count(*) FILTER (WHERE here = ?2)
                   FROM blob WHERE here > 0 AND sent = 0
                   AND EXISTS (SELECT 1 FROM blob_reference WHERE blob = row)";
        let mut counts = connection.prepare_cached(sql)?.query_row(params![HERE, DAMAGED], |row| {
            let (owed, owed_bytes, damaged) = (number(row, 0)?, number(row, 1)?, number(row, 2)?);
            Ok(BlobCounts { owed, owed_bytes, damaged, wanted: 0 })
        })?;
        if self.owes_blobs {
            let sql = "SELECT count(*) FROM blob WHERE here <> 1 AND thumb = 1";
            counts.wanted = connection.prepare_cached(sql)?.query_row([], |row| number(row, 0))?;
        }
        Ok(counts)
    }
}

fn owed_blob(row: &Row<'_>) -> rusqlite::Result<OwedBlob> {
    let problem: Option<String> = row.get(7)?;
    Ok(OwedBlob {
        id: BlobId(row.get(0)?),
        bytes: number(row, 1)?,
        sent_bytes: number(row, 2)?,
        is_thumb: row.get(3)?,
        is_damaged: row.get::<_, i64>(4)? == DAMAGED,
        queued_at: number(row, 5)?,
        attempts: number(row, 6)?,
        last_problem: problem.and_then(|text| Problem::decode(text.as_bytes())),
        record: RecordId(row.get(8)?),
    })
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.unsigned_abs())
}
