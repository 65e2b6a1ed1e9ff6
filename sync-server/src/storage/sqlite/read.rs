//! Reading.

use std::ops::ControlFlow;

use causal::{RecordId, ReplicaId};
use rusqlite::{Params, Row};
use uuid::Uuid;
use wire::BlobId;

use super::row::{self, damaged, int};
use super::{SqliteTxn, blobs, verify};
use crate::storage::{
    AccountRow, BlobReference, BlobRow, ChainRow, DeviceRow, EnrolCodeRow, FeedRow, JournalRow, OrganisationRow,
    ReadTxn, Result, StoredRecord,
};

impl SqliteTxn<'_> {
    fn one<T>(&self, sql: &str, params: impl Params, read: impl Fn(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        let mut statement = self.db().prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        rows.next()?.map(read).transpose()
    }

    fn all<T>(&self, sql: &str, params: impl Params, read: impl Fn(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let mut statement = self.db().prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(read(row)?);
        }
        Ok(all)
    }
}

pub(super) fn key(id: &Uuid) -> &[u8] {
    id.as_bytes()
}

impl ReadTxn for SqliteTxn<'_> {
    fn organisations(&self) -> Result<Vec<OrganisationRow>> {
        self.all(&format!("select {} from organisation order by rowid", row::ORGANISATION), [], row::organisation)
    }

    fn organisation(&self, id: Uuid) -> Result<Option<OrganisationRow>> {
        let sql = format!("select {} from organisation where id = ?", row::ORGANISATION);
        self.one(&sql, [key(&id)], row::organisation)
    }

    fn record(&self, organisation: Uuid, id: RecordId) -> Result<Option<StoredRecord>> {
        let sql = format!("select {} from record where organisation = ? and id = ?", row::RECORD);
        self.one(&sql, [key(&organisation), key(&id.0)], row::stored_record)
    }

    fn feed(
        &self,
        organisation: Uuid,
        after: u64,
        scopes: Option<&[Uuid]>,
        visit: &mut dyn FnMut(FeedRow) -> ControlFlow<()>,
    ) -> Result<()> {
        let sql = format!("select {} from record where organisation = ? and seq > ? order by seq", row::RECORD);
        let mut statement = self.db().prepare_cached(&sql)?;
        let mut rows = statement.query((key(&organisation), int(after)))?;
        while let Some(row) = rows.next()? {
            let scope = row::optional_uuid(row, 2, "record")?;
            if let (Some(scopes), Some(scope)) = (scopes, scope)
                && !scopes.contains(&scope)
            {
                continue;
            }
            let found = FeedRow { seq: row::number(row, 3, "record")?, record: row::record(row)? };
            if visit(found).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn start_at(&self, organisation: Uuid, seq: u64) -> Result<Option<Uuid>> {
        let sql =
            "select start from feed_start where organisation = ? and first_seq <= ? order by first_seq desc limit 1";
        self.one(sql, (key(&organisation), int(seq)), |row| row::uuid(row, 0, "start"))
    }

    fn device_by_token(&self, token_hash: &[u8; 32]) -> Result<Option<DeviceRow>> {
        let sql = format!("select {} from device where token_hash = ?", row::DEVICE);
        self.one(&sql, [token_hash.as_slice()], row::device)
    }

    fn device(&self, id: Uuid) -> Result<Option<DeviceRow>> {
        self.one(&format!("select {} from device where id = ?", row::DEVICE), [key(&id)], row::device)
    }

    fn devices(&self, organisation: Uuid) -> Result<Vec<DeviceRow>> {
        let sql = format!("select {} from device where organisation = ? order by rowid", row::DEVICE);
        self.all(&sql, [key(&organisation)], row::device)
    }

    fn replica_owner(&self, organisation: Uuid, replica: ReplicaId) -> Result<Option<Uuid>> {
        let sql = "select device from replica where organisation = ? and id = ?";
        self.one(sql, [key(&organisation), key(&replica.0)], |row| row::uuid(row, 0, "replica"))
    }

    fn replicas(&self, organisation: Uuid, device: Uuid) -> Result<Vec<ReplicaId>> {
        let sql = "select id from replica where organisation = ? and device = ? order by rowid";
        self.all(sql, [key(&organisation), key(&device)], |row| Ok(ReplicaId(row::uuid(row, 0, "replica")?)))
    }

    fn chain(&self, organisation: Uuid, replica: ReplicaId) -> Result<Option<ChainRow>> {
        let sql = "select number, digest, answer from chain where organisation = ? and replica = ?";
        self.one(sql, [key(&organisation), key(&replica.0)], |row| {
            let what = "push chain";
            let digest = row.get_ref(1)?.as_blob().map_err(|_| damaged(what))?;
            let answer = row.get_ref(2)?.as_blob().map_err(|_| damaged(what))?;
            Ok(ChainRow {
                number: row::number(row, 0, what)?,
                digest: row::bytes(digest, what)?,
                answer: zstd::decode_all(answer).map_err(|_| damaged(what))?,
            })
        })
    }

    fn enrol_code(&self, hash: &[u8; 32]) -> Result<Option<EnrolCodeRow>> {
        let sql = format!("select {} from enrol_code where hash = ?", row::ENROL_CODE);
        self.one(&sql, [hash.as_slice()], row::enrol_code)
    }

    fn journal(&self, organisation: Uuid, record: RecordId) -> Result<Vec<JournalRow>> {
        let mut all = Vec::new();
        self.walk_journal(organisation, record, &mut |line| {
            all.push(line);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(all)
    }

    fn walk_journal(
        &self,
        organisation: Uuid,
        record: RecordId,
        visit: &mut dyn FnMut(JournalRow) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let sql = format!("select {} from journal where organisation = ? and record = ? order by seq", row::JOURNAL);
        let mut statement = self.db().prepare_cached(&sql)?;
        let mut rows = statement.query([key(&organisation), key(&record.0)])?;
        while let Some(row) = rows.next()? {
            if visit(row::journal(row)?)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn refilled(&self, organisation: Uuid, after: u64) -> Result<Vec<JournalRow>> {
        let sql = format!(
            "select {} from journal where organisation = ? and seq > ? and is_refill = 1 order by seq",
            row::JOURNAL
        );
        self.all(&sql, (key(&organisation), int(after)), row::journal)
    }

    fn accounts(&self, organisation: Uuid) -> Result<Vec<AccountRow>> {
        let sql = format!("select {} from account where organisation = ? order by name", row::ACCOUNT);
        self.all(&sql, [key(&organisation)], row::account)
    }

    fn blob(&self, organisation: Uuid, id: BlobId) -> Result<Option<BlobRow>> {
        let sql = format!("select {} from blob where organisation = ? and id = ?", blobs::BLOB);
        self.one(&sql, (key(&organisation), id.0), blobs::blob)
    }

    fn blobs(&self, organisation: Uuid) -> Result<Vec<BlobRow>> {
        let sql = format!("select {} from blob where organisation = ? order by id", blobs::BLOB);
        self.all(&sql, [key(&organisation)], blobs::blob)
    }

    fn is_blob_uploader(&self, organisation: Uuid, id: BlobId, device: Uuid) -> Result<bool> {
        let sql = "select 1 from blob_uploader where organisation = ? and blob = ? and device = ?";
        Ok(self.one(sql, (key(&organisation), id.0, key(&device)), |_| Ok(()))?.is_some())
    }

    fn is_blob_named(&self, organisation: Uuid, id: BlobId, scopes: Option<&[Uuid]>) -> Result<bool> {
        let mut statement = self.db().prepare_cached(blobs::NAMING_SCOPES)?;
        let mut rows = statement.query((key(&organisation), id.0))?;
        while let Some(row) = rows.next()? {
            match (scopes, row::optional_uuid(row, 0, "record")?) {
                (Some(scopes), Some(scope)) if !scopes.contains(&scope) => {}
                _ => return Ok(true),
            }
        }
        Ok(false)
    }

    fn purged_blobs(&self, organisation: Uuid, record: RecordId) -> Result<Vec<BlobId>> {
        self.all(blobs::PURGED, (key(&organisation), key(&record.0)), |row| blobs::blob_id(row, 0))
    }

    fn blob_references(&self, organisation: Uuid) -> Result<Vec<BlobReference>> {
        self.all(blobs::REFERENCES, [key(&organisation)], blobs::reference)
    }

    fn clock_offset_ms(&self) -> Result<i64> {
        let offset = self.one("select value from meta where name = 'clock_offset_ms'", [], |row| Ok(row.get(0)?))?;
        Ok(offset.unwrap_or(0))
    }

    fn went_back_at(&self, organisation: Uuid) -> Result<Option<u64>> {
        let sql = "select went_back_at from organisation where id = ? and went_back_at is not null";
        self.one(sql, [key(&organisation)], |row| row::number(row, 0, "organisation"))
    }

    fn verify(&self) -> Result<Vec<String>> {
        verify::verify(self.db())
    }
}
