//! What the store knows of blobs: which are complete, who sent them, and which records name them.

use causal::RecordId;
use rusqlite::{Connection, Row, Transaction};
use uuid::Uuid;
use wire::{BlobId, BlobRefs};

use super::row::{self, damaged};
use crate::storage::{BlobReference, BlobRow, Result, changes};

pub(super) const BLOB: &str = "id, bytes, completed_at";

pub(super) fn blob(row: &Row<'_>) -> Result<BlobRow> {
    Ok(BlobRow {
        id: blob_id(row, 0)?,
        bytes: row::number(row, 1, "blob")?,
        completed_at: row::number(row, 2, "blob")?,
    })
}

pub(super) fn blob_id(row: &Row<'_>, column: usize) -> Result<BlobId> {
    let id = row.get_ref(column)?.as_blob().map_err(|_| damaged("blob"))?;
    Ok(BlobId(row::bytes(id, "blob")?))
}

/// The scopes of the records that name a blob.
pub(super) const NAMING_SCOPES: &str = "select distinct record.scope from blob_reference join record
     on record.organisation = blob_reference.organisation and record.id = blob_reference.record
     where blob_reference.organisation = ? and blob_reference.blob = ? and blob_reference.is_purged = 0";

pub(super) const PURGED: &str = "select own.blob from blob_reference own
     where own.organisation = ? and own.record = ? and own.is_purged = 1 and not exists (
         select 1 from blob_reference other
         where other.organisation = own.organisation and other.blob = own.blob and other.is_purged = 0)
     order by own.blob";

pub(super) const REFERENCES: &str =
    "select blob_reference.blob, blob_reference.record, blob.id is not null from blob_reference left join blob
     on blob.organisation = blob_reference.organisation and blob.id = blob_reference.blob
     where blob_reference.organisation = ? and blob_reference.is_purged = 0
     order by blob_reference.blob, blob_reference.record";

pub(super) fn reference(row: &Row<'_>) -> Result<BlobReference> {
    Ok(BlobReference {
        blob: blob_id(row, 0)?,
        record: RecordId(row::uuid(row, 1, "blob reference")?),
        is_complete: row.get(2)?,
    })
}

/// Notes that a record names `blobs`.
pub(super) fn refer<'a>(
    db: &Connection,
    organisation: Uuid,
    record: Uuid,
    blobs: impl IntoIterator<Item = &'a BlobId>,
) -> Result<()> {
    let mut statement = db.prepare_cached(
        "insert into blob_reference (organisation, blob, record) values (?, ?, ?)
         on conflict (organisation, blob, record) do update set is_purged = 0 where is_purged = 1",
    )?;
    for blob in blobs {
        statement.execute((organisation.as_bytes(), blob.0, record.as_bytes()))?;
    }
    Ok(())
}

/// Finds what the records of an older store name, in their states and in the journal.
///
/// A row that does not read names nothing; `check` tells of it.
pub(super) fn fill_references(txn: &Transaction<'_>) -> rusqlite::Result<()> {
    fill_from(txn, "select organisation, id, state from record", refs_of_state)?;
    fill_from(txn, "select organisation, record, changes from journal", refs_of_changes)
}

fn fill_from(txn: &Transaction<'_>, sql: &str, refs_of: impl Fn(&[u8]) -> BlobRefs) -> rusqlite::Result<()> {
    let mut insert = txn.prepare(
        "insert into blob_reference (organisation, blob, record) values (?, ?, ?)
         on conflict (organisation, blob, record) do nothing",
    )?;
    let mut statement = txn.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let refs = row.get_ref(2)?.as_blob().map(&refs_of).unwrap_or_default();
        let (organisation, record): ([u8; 16], [u8; 16]) = (row.get(0)?, row.get(1)?);
        for blob in refs.keys() {
            insert.execute((organisation, blob.0, record))?;
        }
    }
    Ok(())
}

fn refs_of_state(bytes: &[u8]) -> BlobRefs {
    wire::decode_state(bytes).map(|state| wire::blob_refs(&state)).unwrap_or_default()
}

fn refs_of_changes(bytes: &[u8]) -> BlobRefs {
    let mut found = BlobRefs::new();
    for change in changes::decode(bytes).unwrap_or_default() {
        change.values.iter().for_each(|value| wire::add_blob_refs(value, &mut found));
    }
    found
}

/// Blobs that a live value names, and that nobody has noted: whoever may read the record could not read them.
pub(super) fn unnoted_references(db: &Connection, organisation: Uuid) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut statement = db.prepare("select id, state from record where organisation = ?")?;
    let mut is_noted = db
        .prepare("select 1 from blob_reference where organisation = ? and blob = ? and record = ? and is_purged = 0")?;
    let mut rows = statement.query([organisation.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let record = row::uuid(row, 0, "record")?;
        // What does not read as a state at all is told of elsewhere.
        for blob in row.get_ref(1)?.as_blob().map(refs_of_state).unwrap_or_default().keys() {
            if !is_noted.exists((organisation.as_bytes(), blob.0, record.as_bytes()))? {
                found.push(format!("record {record}: it names blob {blob}, which is not noted"));
            }
        }
    }
    Ok(found)
}
