//! Between the engine's columns and the types of the store.

use causal::{Record, RecordId, VersionVector};
use rusqlite::Row;
use uuid::Uuid;

use crate::storage::{
    AccountRow, DeviceRow, EnrolCodeRow, JournalRow, OrganisationRow, Result, StorageError, StoredRecord,
};

pub(super) fn damaged(what: impl Into<String>) -> StorageError {
    StorageError::DamagedRow(what.into())
}

/// A number for a column; all that the server stores are below 2^63.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn unsigned(number: i64, what: &str) -> Result<u64> {
    u64::try_from(number).map_err(|_| damaged(what))
}

pub(super) fn bytes<const N: usize>(blob: &[u8], what: &str) -> Result<[u8; N]> {
    blob.try_into().map_err(|_| damaged(what))
}

pub(super) fn uuid(row: &Row<'_>, column: usize, what: &str) -> Result<Uuid> {
    let blob = row.get_ref(column)?.as_blob().map_err(|_| damaged(what))?;
    Ok(Uuid::from_bytes(bytes(blob, what)?))
}

pub(super) fn optional_uuid(row: &Row<'_>, column: usize, what: &str) -> Result<Option<Uuid>> {
    let blob = row.get_ref(column)?.as_blob_or_null().map_err(|_| damaged(what))?;
    blob.map(|blob| Ok(Uuid::from_bytes(bytes(blob, what)?))).transpose()
}

pub(super) fn number(row: &Row<'_>, column: usize, what: &str) -> Result<u64> {
    unsigned(row.get(column)?, what)
}

pub(super) fn optional_number(row: &Row<'_>, column: usize, what: &str) -> Result<Option<u64>> {
    row.get::<_, Option<i64>>(column)?.map(|number| unsigned(number, what)).transpose()
}

pub(super) fn scopes_blob(scopes: Option<&Vec<Uuid>>) -> Option<Vec<u8>> {
    scopes.map(|scopes| scopes.iter().flat_map(|scope| *scope.as_bytes()).collect())
}

fn scopes(blob: Option<&[u8]>, what: &str) -> Result<Option<Vec<Uuid>>> {
    let Some(blob) = blob else { return Ok(None) };
    blob.chunks(16).map(|chunk| Ok(Uuid::from_bytes(bytes(chunk, what)?))).collect::<Result<_>>().map(Some)
}

pub(super) const ORGANISATION: &str = "id, name, preset, epoch, last_seq, refill_from";

pub(super) fn organisation(row: &Row<'_>) -> Result<OrganisationRow> {
    let what = "organisation";
    Ok(OrganisationRow {
        id: uuid(row, 0, what)?,
        name: row.get(1)?,
        preset: row.get::<_, String>(2)?.parse().map_err(|()| damaged(what))?,
        epoch: uuid(row, 3, what)?,
        last_seq: number(row, 4, what)?,
        refill_from: optional_number(row, 5, what)?,
    })
}

pub(super) const RECORD: &str = "id, kind, scope, seq, state, purged";

pub(super) fn stored_record(row: &Row<'_>) -> Result<StoredRecord> {
    let record = record(row)?;
    let purged = match row.get_ref(5)?.as_blob_or_null().map_err(|_| damaged("record"))? {
        None => VersionVector::new(),
        Some(blob) => wire::decode_version(blob).map_err(|error| damaged(format!("record {}: {error}", record.id)))?,
    };
    Ok(StoredRecord { seq: number(row, 3, "record")?, record, purged })
}

pub(super) fn record(row: &Row<'_>) -> Result<Record> {
    let id = RecordId(uuid(row, 0, "record")?);
    let damaged_record = |why: &dyn std::fmt::Display| damaged(format!("record {id}: {why}"));
    let kind = row.get_ref(1)?.as_str().map_err(|_| damaged_record(&"its kind"))?.into();
    let scope = optional_uuid(row, 2, "record")?;
    let blob = row.get_ref(4)?.as_blob().map_err(|_| damaged_record(&"its state"))?;
    let state = wire::decode_state(blob).map_err(|error| damaged_record(&error))?;
    Ok(Record { id, kind, scope, state })
}

pub(super) const DEVICE: &str =
    "id, organisation, name, role, scopes, token_hash, created_at, revoked_at, last_seen_at, owes, owed_none_at";

pub(super) fn device(row: &Row<'_>) -> Result<DeviceRow> {
    let what = "device";
    let token_hash = row.get_ref(5)?.as_blob_or_null().map_err(|_| damaged(what))?;
    Ok(DeviceRow {
        id: uuid(row, 0, what)?,
        organisation: uuid(row, 1, what)?,
        name: row.get(2)?,
        role: row.get::<_, String>(3)?.parse().map_err(|()| damaged(what))?,
        scopes: scopes(row.get_ref(4)?.as_blob_or_null().map_err(|_| damaged(what))?, what)?,
        token_hash: token_hash.map(|hash| bytes(hash, what)).transpose()?,
        created_at: number(row, 6, what)?,
        revoked_at: optional_number(row, 7, what)?,
        last_seen_at: optional_number(row, 8, what)?,
        owes: optional_number(row, 9, what)?,
        owed_none_at: optional_number(row, 10, what)?,
    })
}

pub(super) const ENROL_CODE: &str = "hash, organisation, role, scopes, expires_at, used_at";

pub(super) fn enrol_code(row: &Row<'_>) -> Result<EnrolCodeRow> {
    let what = "enrolment code";
    Ok(EnrolCodeRow {
        hash: bytes(row.get_ref(0)?.as_blob().map_err(|_| damaged(what))?, what)?,
        organisation: uuid(row, 1, what)?,
        role: row.get::<_, String>(2)?.parse().map_err(|()| damaged(what))?,
        scopes: scopes(row.get_ref(3)?.as_blob_or_null().map_err(|_| damaged(what))?, what)?,
        expires_at: number(row, 4, what)?,
        used_at: optional_number(row, 5, what)?,
    })
}

pub(super) const JOURNAL: &str = "seq, record, device, person, at, received_at, is_refill, changes";

pub(super) fn journal(row: &Row<'_>) -> Result<JournalRow> {
    let what = "journal";
    Ok(JournalRow {
        seq: number(row, 0, what)?,
        record: RecordId(uuid(row, 1, what)?),
        device: optional_uuid(row, 2, what)?,
        person: row.get::<_, Option<String>>(3)?.map(Into::into),
        at: optional_number(row, 4, what)?,
        received_at: number(row, 5, what)?,
        is_refill: row.get(6)?,
        changes: row.get(7)?,
    })
}

pub(super) const ACCOUNT: &str = "name, password_hash, roles, created_at, person, must_begin, must_change_password";

pub(super) fn account(row: &Row<'_>) -> Result<AccountRow> {
    let roles: String = row.get(2)?;
    Ok(AccountRow {
        name: row.get(0)?,
        password_hash: row.get(1)?,
        roles: roles.split(',').filter(|role| !role.is_empty()).map(str::to_owned).collect(),
        created_at: number(row, 3, "account")?,
        person: optional_uuid(row, 4, "account")?,
        must_begin: row.get(5)?,
        must_change_password: row.get(6)?,
    })
}
