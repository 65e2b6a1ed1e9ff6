//! Reading.

use std::ops::ControlFlow;

use causal::{RecordId, ReplicaId};
use uuid::Uuid;
use wire::BlobId;

use super::row::{self, int};
use super::txn::PostgresTxn;
use super::verify;
use crate::storage::{
    AccountRow, BlobReference, BlobRow, ChainRow, DeviceRow, EnrolCodeRow, FeedRow, JournalRow, OrganisationRow,
    ReadTxn, Result, StoredRecord,
};

/// Places of the feed that are looked at in one go.
const PLACES: i64 = 500;
/// Bytes of states that are brought in one go, unless one state alone is larger.
const BYTES: i64 = 8 << 20;
/// Lines of the journal that are brought in one go.
const LINES: i64 = 200;

/// A record that anybody sees who sees one of these scopes; all of them where none are given.
const VISIBLE: &str = "(scope is null or $3::uuid[] is null or scope = any($3))";

impl PostgresTxn<'_> {
    /// The end of its feed in this transaction, which is written to its row at the commit.
    fn with_end(&self, mut organisation: OrganisationRow) -> OrganisationRow {
        if let Some(writing) = self.writing.as_ref().filter(|writing| writing.organisation == organisation.id) {
            organisation.last_seq = writing.pending.borrow().last_seq.unwrap_or(organisation.last_seq);
        }
        organisation
    }

    /// The last place of the next part of the feed; nothing at its end.
    ///
    /// The database sends all that it is asked for before the first is seen, so it is asked how much that would be.
    fn end_of_part(&self, organisation: Uuid, after: u64, scopes: Option<&[Uuid]>) -> Result<Option<u64>> {
        let sql = format!(
            "select seq, octet_length(state)::bigint from record
             where organisation = $1 and seq > $2 and {VISIBLE} order by seq limit $4"
        );
        let sizes = self.all(&sql, &[&organisation, &int(after), &scopes, &PLACES], |row| {
            Ok((row::number(row, 0, "record")?, row::get::<i64>(row, 1, "record")?))
        })?;
        let (mut end, mut bytes) = (None, 0);
        for (seq, size) in sizes {
            bytes += size;
            if end.is_some() && bytes > BYTES {
                break;
            }
            end = Some(seq);
        }
        Ok(end)
    }
}

impl ReadTxn for PostgresTxn<'_> {
    fn organisations(&self) -> Result<Vec<OrganisationRow>> {
        let sql = format!("select {} from organisation order by ordinal", row::ORGANISATION);
        Ok(self.all(&sql, &[], row::organisation)?.into_iter().map(|one| self.with_end(one)).collect())
    }

    fn organisation(&self, id: Uuid) -> Result<Option<OrganisationRow>> {
        let sql = format!("select {} from organisation where id = $1", row::ORGANISATION);
        Ok(self.one(&sql, &[&id], row::organisation)?.map(|found| self.with_end(found)))
    }

    fn record(&self, organisation: Uuid, id: RecordId) -> Result<Option<StoredRecord>> {
        let own = self.writing.as_ref().filter(|writing| writing.organisation == organisation);
        if let Some(known) = own.and_then(|writing| writing.pending.borrow().known(id).cloned()) {
            return Ok(known);
        }
        let sql = format!("select {} from record where organisation = $1 and id = $2", row::RECORD);
        let stored = self.one(&sql, &[&organisation, &id.0], row::stored_record)?;
        if let Some(writing) = own {
            writing.pending.borrow_mut().learn(id, stored.clone());
        }
        Ok(stored)
    }

    fn expect_records(&self, organisation: Uuid, ids: &[RecordId]) -> Result<()> {
        let Some(writing) = self.writing.as_ref().filter(|writing| writing.organisation == organisation) else {
            return Ok(());
        };
        let mut pending = writing.pending.borrow_mut();
        let unknown: Vec<Uuid> = ids.iter().filter(|id| pending.known(**id).is_none()).map(|id| id.0).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let sql = format!("select {} from record where organisation = $1 and id = any($2)", row::RECORD);
        // One that is damaged is learnt of by whoever asks for it alone, and harms no other record of the push.
        let found = self.all(&sql, &[&organisation, &unknown], |row| {
            Ok((RecordId(row::get(row, 0, "record")?), row::stored_record(row).ok()))
        })?;
        let there: std::collections::BTreeMap<_, _> = found.into_iter().collect();
        for id in unknown.into_iter().map(RecordId) {
            match there.get(&id) {
                Some(None) => {}
                Some(stored) => pending.learn(id, stored.clone()),
                None => pending.learn(id, None),
            }
        }
        Ok(())
    }

    fn feed(
        &self,
        organisation: Uuid,
        mut after: u64,
        scopes: Option<&[Uuid]>,
        visit: &mut dyn FnMut(FeedRow) -> ControlFlow<()>,
    ) -> Result<()> {
        self.flush()?;
        let sql = format!(
            "select {} from record where organisation = $1 and seq > $2 and {VISIBLE} and seq <= $4 order by seq",
            row::RECORD
        );
        while let Some(end) = self.end_of_part(organisation, after, scopes)? {
            let part = self.all(&sql, &[&organisation, &int(after), &scopes, &int(end)], |row| {
                Ok((row::number(row, 3, "record")?, row::record(row)))
            })?;
            // A damaged record is met when it is come to, as on any store.
            for (seq, record) in part {
                if visit(FeedRow { seq, record: record? }).is_break() {
                    return Ok(());
                }
            }
            after = end;
        }
        Ok(())
    }

    fn has_news(&self, organisation: Uuid, after: u64, scopes: Option<&[Uuid]>) -> Result<bool> {
        self.flush()?;
        let sql = format!("select 1 from record where organisation = $1 and seq > $2 and {VISIBLE} limit 1");
        Ok(self.one(&sql, &[&organisation, &int(after), &scopes], |_| Ok(()))?.is_some())
    }

    fn start_at(&self, organisation: Uuid, seq: u64) -> Result<Option<Uuid>> {
        self.flush()?;
        let sql =
            "select start from feed_start where organisation = $1 and first_seq <= $2 order by first_seq desc limit 1";
        self.one(sql, &[&organisation, &int(seq)], |row| row::get(row, 0, "start"))
    }

    fn device_by_token(&self, token_hash: &[u8; 32]) -> Result<Option<DeviceRow>> {
        let sql = format!("select {} from device where token_hash = $1", row::DEVICE);
        self.one(&sql, &[&token_hash.as_slice()], row::device)
    }

    fn device(&self, id: Uuid) -> Result<Option<DeviceRow>> {
        self.one(&format!("select {} from device where id = $1", row::DEVICE), &[&id], row::device)
    }

    fn devices(&self, organisation: Uuid) -> Result<Vec<DeviceRow>> {
        let sql = format!("select {} from device where organisation = $1 order by ordinal", row::DEVICE);
        self.all(&sql, &[&organisation], row::device)
    }

    fn replica_owner(&self, organisation: Uuid, replica: ReplicaId) -> Result<Option<Uuid>> {
        let sql = "select device from replica where organisation = $1 and id = $2";
        self.one(sql, &[&organisation, &replica.0], |row| row::get(row, 0, "replica"))
    }

    fn replicas(&self, organisation: Uuid, device: Uuid) -> Result<Vec<ReplicaId>> {
        let sql = "select id from replica where organisation = $1 and device = $2 order by ordinal";
        self.all(sql, &[&organisation, &device], |row| Ok(ReplicaId(row::get(row, 0, "replica")?)))
    }

    fn chain(&self, organisation: Uuid, replica: ReplicaId) -> Result<Option<ChainRow>> {
        let sql = format!("select {} from chain where organisation = $1 and replica = $2", row::CHAIN);
        self.one(&sql, &[&organisation, &replica.0], row::chain)
    }

    fn enrol_code(&self, hash: &[u8; 32]) -> Result<Option<EnrolCodeRow>> {
        let sql = format!("select {} from enrol_code where hash = $1", row::ENROL_CODE);
        self.one(&sql, &[&hash.as_slice()], row::enrol_code)
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
        self.flush()?;
        let sql = format!(
            "select {} from journal where organisation = $1 and record = $2 and seq > $3 order by seq limit $4",
            row::JOURNAL
        );
        let mut after = 0;
        loop {
            let part = self.all(&sql, &[&organisation, &record.0, &int(after), &LINES], row::journal)?;
            let Some(last) = part.last() else { return Ok(()) };
            after = last.seq;
            for line in part {
                if visit(line)?.is_break() {
                    return Ok(());
                }
            }
        }
    }

    fn refilled(&self, organisation: Uuid, after: u64) -> Result<Vec<JournalRow>> {
        self.flush()?;
        let sql = format!(
            "select {} from journal where organisation = $1 and seq > $2 and is_refill order by seq",
            row::JOURNAL
        );
        self.all(&sql, &[&organisation, &int(after)], row::journal)
    }

    fn accounts(&self, organisation: Uuid) -> Result<Vec<AccountRow>> {
        let sql = format!("select {} from account where organisation = $1 order by name", row::ACCOUNT);
        self.all(&sql, &[&organisation], row::account)
    }

    fn blob(&self, organisation: Uuid, id: BlobId) -> Result<Option<BlobRow>> {
        let sql = format!("select {} from blob where organisation = $1 and id = $2", row::BLOB);
        self.one(&sql, &[&organisation, &id.0.as_slice()], row::blob)
    }

    fn blobs(&self, organisation: Uuid) -> Result<Vec<BlobRow>> {
        let sql = format!("select {} from blob where organisation = $1 order by id", row::BLOB);
        self.all(&sql, &[&organisation], row::blob)
    }

    fn is_blob_uploader(&self, organisation: Uuid, id: BlobId, device: Uuid) -> Result<bool> {
        let sql = "select 1 from blob_uploader where organisation = $1 and blob = $2 and device = $3";
        Ok(self.one(sql, &[&organisation, &id.0.as_slice(), &device], |_| Ok(()))?.is_some())
    }

    fn is_blob_named(&self, organisation: Uuid, id: BlobId, scopes: Option<&[Uuid]>) -> Result<bool> {
        self.flush()?;
        let sql = format!(
            "select 1 from blob_reference join record
             on record.organisation = blob_reference.organisation and record.id = blob_reference.record
             where blob_reference.organisation = $1 and blob_reference.blob = $2 and not blob_reference.is_purged
                 and {VISIBLE} limit 1"
        );
        Ok(self.one(&sql, &[&organisation, &id.0.as_slice(), &scopes], |_| Ok(()))?.is_some())
    }

    fn purged_blobs(&self, organisation: Uuid, record: RecordId) -> Result<Vec<BlobId>> {
        self.flush()?;
        let sql = "select own.blob from blob_reference own
             where own.organisation = $1 and own.record = $2 and own.is_purged and not exists (
                 select 1 from blob_reference other
                 where other.organisation = own.organisation and other.blob = own.blob and not other.is_purged)
             order by own.blob";
        self.all(sql, &[&organisation, &record.0], |row| row::blob_id(row, 0))
    }

    fn blob_references(&self, organisation: Uuid) -> Result<Vec<BlobReference>> {
        self.flush()?;
        let sql = "select blob_reference.blob, blob_reference.record, blob.id is not null
             from blob_reference left join blob
             on blob.organisation = blob_reference.organisation and blob.id = blob_reference.blob
             where blob_reference.organisation = $1 and not blob_reference.is_purged
             order by blob_reference.blob, blob_reference.record";
        self.all(sql, &[&organisation], row::reference)
    }

    fn clock_offset_ms(&self) -> Result<i64> {
        let sql = "select value from meta where name = 'clock_offset_ms'";
        Ok(self.one(sql, &[], |row| row::get(row, 0, "clock"))?.unwrap_or(0))
    }

    fn went_back_at(&self, organisation: Uuid) -> Result<Option<u64>> {
        let sql = "select went_back_at from organisation where id = $1 and went_back_at is not null";
        self.one(sql, &[&organisation], |row| row::number(row, 0, "organisation"))
    }

    fn verify(&self) -> Result<Vec<String>> {
        self.flush()?;
        verify::verify(self)
    }
}
