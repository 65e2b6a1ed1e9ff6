//! Between the engine's columns and the types of the store.

use causal::{Record, RecordId, VersionVector};
use tokio_postgres::Row;
use tokio_postgres::types::FromSql;
use wire::BlobId;

use crate::storage::{
    AccountRow, BlobReference, BlobRow, ChainRow, DeviceRow, EnrolCodeRow, JournalRow, OrganisationRow, Result,
    StorageError, StoredRecord,
};

pub(super) fn damaged(what: impl Into<String>) -> StorageError {
    StorageError::DamagedRow(what.into())
}

/// A number for a column; all that the server stores are below 2^63.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// One column of a row.
pub(super) fn get<'a, T: FromSql<'a>>(row: &'a Row, column: usize, what: &str) -> Result<T> {
    row.try_get(column).map_err(|_| damaged(what))
}

pub(super) fn number(row: &Row, column: usize, what: &str) -> Result<u64> {
    get::<i64>(row, column, what)?.try_into().map_err(|_| damaged(what))
}

fn optional_number(row: &Row, column: usize, what: &str) -> Result<Option<u64>> {
    get::<Option<i64>>(row, column, what)?.map(|number| number.try_into().map_err(|_| damaged(what))).transpose()
}

fn bytes<const N: usize>(row: &Row, column: usize, what: &str) -> Result<[u8; N]> {
    get::<&[u8]>(row, column, what)?.try_into().map_err(|_| damaged(what))
}

pub(super) const ORGANISATION: &str = "id, name, preset, epoch, last_seq, refill_from";

pub(super) fn organisation(row: &Row) -> Result<OrganisationRow> {
    let what = "organisation";
    Ok(OrganisationRow {
        id: get(row, 0, what)?,
        name: get(row, 1, what)?,
        preset: get::<&str>(row, 2, what)?.parse().map_err(|()| damaged(what))?,
        epoch: get(row, 3, what)?,
        last_seq: number(row, 4, what)?,
        refill_from: optional_number(row, 5, what)?,
    })
}

pub(super) const RECORD: &str = "id, kind, scope, seq, state, purged";

pub(super) fn stored_record(row: &Row) -> Result<StoredRecord> {
    let record = record(row)?;
    let purged = match get::<Option<&[u8]>>(row, 5, "record")? {
        None => VersionVector::new(),
        Some(bytes) => {
            wire::decode_version(bytes).map_err(|error| damaged(format!("record {}: {error}", record.id)))?
        }
    };
    Ok(StoredRecord { seq: number(row, 3, "record")?, record, purged })
}

pub(super) fn record(row: &Row) -> Result<Record> {
    let id = RecordId(get(row, 0, "record")?);
    let state = wire::decode_state(get(row, 4, "record")?).map_err(|error| damaged(format!("record {id}: {error}")))?;
    Ok(Record { id, kind: get::<&str>(row, 1, "record")?.into(), scope: get(row, 2, "record")?, state })
}

pub(super) const DEVICE: &str =
    "id, organisation, name, role, scopes, token_hash, created_at, revoked_at, last_seen_at, owes, owed_none_at";

pub(super) fn device(row: &Row) -> Result<DeviceRow> {
    let what = "device";
    let token_hash = get::<Option<&[u8]>>(row, 5, what)?;
    Ok(DeviceRow {
        id: get(row, 0, what)?,
        organisation: get(row, 1, what)?,
        name: get(row, 2, what)?,
        role: get::<&str>(row, 3, what)?.parse().map_err(|()| damaged(what))?,
        scopes: get(row, 4, what)?,
        token_hash: token_hash.map(|hash| hash.try_into().map_err(|_| damaged(what))).transpose()?,
        created_at: number(row, 6, what)?,
        revoked_at: optional_number(row, 7, what)?,
        last_seen_at: optional_number(row, 8, what)?,
        owes: optional_number(row, 9, what)?,
        owed_none_at: optional_number(row, 10, what)?,
    })
}

pub(super) const CHAIN: &str = "number, digest, answer";

pub(super) fn chain(row: &Row) -> Result<ChainRow> {
    let what = "push chain";
    let answer = zstd::decode_all(get::<&[u8]>(row, 2, what)?).map_err(|_| damaged(what))?;
    Ok(ChainRow { number: number(row, 0, what)?, digest: bytes(row, 1, what)?, answer })
}

pub(super) const ENROL_CODE: &str = "hash, organisation, role, scopes, expires_at, used_at";

pub(super) fn enrol_code(row: &Row) -> Result<EnrolCodeRow> {
    let what = "enrolment code";
    Ok(EnrolCodeRow {
        hash: bytes(row, 0, what)?,
        organisation: get(row, 1, what)?,
        role: get::<&str>(row, 2, what)?.parse().map_err(|()| damaged(what))?,
        scopes: get(row, 3, what)?,
        expires_at: number(row, 4, what)?,
        used_at: optional_number(row, 5, what)?,
    })
}

pub(super) const JOURNAL: &str = "seq, record, device, person, at, received_at, is_refill, changes";

pub(super) fn journal(row: &Row) -> Result<JournalRow> {
    let what = "journal";
    Ok(JournalRow {
        seq: number(row, 0, what)?,
        record: RecordId(get(row, 1, what)?),
        device: get(row, 2, what)?,
        person: get::<Option<&str>>(row, 3, what)?.map(Into::into),
        at: optional_number(row, 4, what)?,
        received_at: number(row, 5, what)?,
        is_refill: get(row, 6, what)?,
        changes: get(row, 7, what)?,
    })
}

pub(super) const ACCOUNT: &str = "name, password_hash, roles, created_at, person, must_begin, must_change_password";

pub(super) fn account(row: &Row) -> Result<AccountRow> {
    let what = "account";
    Ok(AccountRow {
        name: get(row, 0, what)?,
        password_hash: get(row, 1, what)?,
        roles: get(row, 2, what)?,
        created_at: number(row, 3, what)?,
        person: get(row, 4, what)?,
        must_begin: get(row, 5, what)?,
        must_change_password: get(row, 6, what)?,
    })
}

pub(super) const BLOB: &str = "id, bytes, completed_at";

pub(super) fn blob(row: &Row) -> Result<BlobRow> {
    Ok(BlobRow { id: blob_id(row, 0)?, bytes: number(row, 1, "blob")?, completed_at: number(row, 2, "blob")? })
}

pub(super) fn blob_id(row: &Row, column: usize) -> Result<BlobId> {
    Ok(BlobId(bytes(row, column, "blob")?))
}

pub(super) fn reference(row: &Row) -> Result<BlobReference> {
    let what = "blob reference";
    Ok(BlobReference { blob: blob_id(row, 0)?, record: RecordId(get(row, 1, what)?), is_complete: get(row, 2, what)? })
}
