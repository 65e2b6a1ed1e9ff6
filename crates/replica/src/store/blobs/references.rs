//! Which records name which blobs.

use rusqlite::{OptionalExtension, Transaction, params};
use wire::{BlobId, BlobRefs, blob_refs, decode_state};

use crate::store::StoreError;
use crate::store::txn::Txn;

/// The mark that a migration leaves: the references of records that are here already have not been read.
const UNREAD: &str = "blob_references";

/// Brings the references of a record from what its state named before to what it names now.
///
/// Cost: none for a record that names no blob.
pub(in crate::store) fn track(
    txn: &Transaction<'_>,
    record: i64,
    before: &BlobRefs,
    after: &BlobRefs,
) -> Result<(), StoreError> {
    for id in before.keys().filter(|id| !after.contains_key(id)) {
        let blob = row_of(txn, *id)?;
        txn.prepare_cached("DELETE FROM blob_reference WHERE record = ?1 AND blob = ?2")?
            .execute(params![record, blob])?;
        note_thumb(txn, blob)?;
    }
    for (id, is_thumb) in after.iter().filter(|(id, is_thumb)| before.get(id) != Some(is_thumb)) {
        let blob = row_of(txn, *id)?;
        let sql = "INSERT INTO blob_reference (record, blob, thumb) VALUES (?1, ?2, ?3)
                   ON CONFLICT (record, blob) DO UPDATE SET thumb = excluded.thumb";
        txn.prepare_cached(sql)?.execute(params![record, blob, is_thumb])?;
        note_thumb(txn, blob)?;
    }
    Ok(())
}

/// Reads the references of all records, once, after the migration that made room for them.
pub(in crate::store) fn track_unread(txn: &Txn<'_>) -> Result<(), StoreError> {
    if txn.execute("DELETE FROM meta WHERE key = ?1", [UNREAD])? == 0 {
        return Ok(());
    }
    let mut statement = txn.prepare("SELECT row, state FROM record ORDER BY row")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // A damaged state names nothing that could be read, and keeps nobody from the others.
        if let Ok(state) = decode_state(&row.get::<_, Vec<u8>>(1)?) {
            track(txn, row.get(0)?, &BlobRefs::new(), &blob_refs(&state))?;
        }
    }
    Ok(())
}

/// The row of a blob, made where there is none.
fn row_of(txn: &Transaction<'_>, id: BlobId) -> Result<i64, StoreError> {
    let mut find = txn.prepare_cached("SELECT row FROM blob WHERE id = ?1")?;
    if let Some(row) = find.query_row([id.0], |row| row.get(0)).optional()? {
        return Ok(row);
    }
    txn.prepare_cached("INSERT INTO blob (id) VALUES (?1)")?.execute([id.0])?;
    Ok(txn.last_insert_rowid())
}

/// Notes whether any record still calls the blob the small picture of another.
fn note_thumb(txn: &Transaction<'_>, blob: i64) -> Result<(), StoreError> {
    let sql = "UPDATE blob SET thumb = EXISTS (SELECT 1 FROM blob_reference WHERE blob = ?1 AND thumb = 1)
               WHERE row = ?1";
    txn.prepare_cached(sql)?.execute([blob])?;
    Ok(())
}
