//! Writing.

use causal::{RecordId, ReplicaId};
use rusqlite::Params;
use uuid::Uuid;
use wire::BlobId;

use super::read::key;
use super::row::{damaged, int, scopes_blob};
use super::{SqliteTxn, blobs};
use crate::storage::{
    AccountRow, BlobRow, ChainRow, DeviceRow, EnrolCodeRow, JournalRow, OrganisationRow, Result, StorageError,
    StoredRecord, WriteTxn,
};

/// Answers are kept for the rare retry: the cheapest compression will do.
const ANSWER_COMPRESSION: i32 = 1;

impl SqliteTxn<'_> {
    fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.db().prepare_cached(sql)?.execute(params)?)
    }

    /// Makes sure that a change is one of the transaction's organisation.
    fn own(&self, organisation: Uuid) -> Result<()> {
        if self.of == organisation { Ok(()) } else { Err(StorageError::of_another(self.of, organisation)) }
    }

    /// Runs a change that must find its row.
    fn change(&self, what: &str, sql: &str, params: impl Params) -> Result<()> {
        match self.execute(sql, params)? {
            0 => Err(damaged(what)),
            _ => Ok(()),
        }
    }
}

impl WriteTxn for SqliteTxn<'_> {
    fn commit(mut self: Box<Self>) -> Result<()> {
        self.commit_now()
    }

    fn insert_organisation(&mut self, organisation: &OrganisationRow) -> Result<()> {
        self.own(organisation.id)?;
        self.execute(
            "insert into organisation (id, name, preset, epoch, last_seq, refill_from) values (?, ?, ?, ?, ?, ?)",
            (
                key(&organisation.id),
                &organisation.name,
                organisation.preset.as_str(),
                key(&organisation.epoch),
                int(organisation.last_seq),
                organisation.refill_from.map(int),
            ),
        )?;
        Ok(())
    }

    fn next_place(&mut self, organisation: Uuid, start: Uuid) -> Result<u64> {
        self.own(organisation)?;
        let sql = "update organisation set last_seq = last_seq + 1 where id = ? returning last_seq";
        let seq: i64 = self.db().prepare_cached(sql)?.query_row([key(&organisation)], |row| row.get(0))?;
        self.execute(
            "insert into feed_start (organisation, first_seq, start) select ?1, ?2, ?3 where ?3 is not
                (select start from feed_start where organisation = ?1 order by first_seq desc limit 1)",
            (key(&organisation), seq, key(&start)),
        )?;
        u64::try_from(seq).map_err(|_| damaged("organisation"))
    }

    fn put_record(&mut self, organisation: Uuid, record: &StoredRecord) -> Result<()> {
        self.own(organisation)?;
        let purged = (!record.purged.is_empty()).then(|| wire::encode_version(&record.purged));
        self.execute(
            "insert into record (organisation, id, kind, scope, seq, state, purged) values (?, ?, ?, ?, ?, ?, ?)
             on conflict (organisation, id) do update
             set seq = excluded.seq, state = excluded.state, purged = excluded.purged",
            (
                key(&organisation),
                key(&record.record.id.0),
                &*record.record.kind,
                record.record.scope.as_ref().map(key),
                int(record.seq),
                wire::encode_state(&record.record.state),
                purged,
            ),
        )?;
        Ok(())
    }

    fn insert_journal(&mut self, organisation: Uuid, row: &JournalRow) -> Result<()> {
        self.own(organisation)?;
        self.execute(
            "insert into journal (organisation, seq, record, device, person, at, received_at, is_refill, changes)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key(&organisation),
                int(row.seq),
                key(&row.record.0),
                row.device.as_ref().map(key),
                row.person.as_deref(),
                row.at.map(int),
                int(row.received_at),
                row.is_refill,
                &row.changes,
            ),
        )?;
        Ok(())
    }

    fn put_journal_changes(&mut self, organisation: Uuid, seq: u64, changes: &[u8]) -> Result<()> {
        self.own(organisation)?;
        let sql = "update journal set changes = ? where organisation = ? and seq = ?";
        self.change("journal", sql, (changes, key(&organisation), int(seq)))
    }

    fn insert_device(&mut self, device: &DeviceRow) -> Result<()> {
        self.own(device.organisation)?;
        self.execute(
            "insert into device
                (id, organisation, name, role, scopes, token_hash, created_at, revoked_at, last_seen_at, owes,
                 owed_none_at)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key(&device.id),
                key(&device.organisation),
                &device.name,
                device.role.as_str(),
                scopes_blob(device.scopes.as_ref()),
                device.token_hash.as_ref().map(|hash| hash.as_slice()),
                int(device.created_at),
                device.revoked_at.map(int),
                device.last_seen_at.map(int),
                device.owes.map(int),
                device.owed_none_at.map(int),
            ),
        )?;
        Ok(())
    }

    fn revoke_device(&mut self, id: Uuid, at: u64) -> Result<()> {
        self.change("device", "update device set revoked_at = ? where id = ?", (int(at), key(&id)))
    }

    fn put_last_seen(&mut self, device: Uuid, at: u64) -> Result<()> {
        self.change("device", "update device set last_seen_at = ? where id = ?", (int(at), key(&device)))
    }

    fn put_owes(&mut self, device: Uuid, owes: u64, at: u64) -> Result<()> {
        let sql = "update device set owes = ?1, owed_none_at = iif(?1 = 0, ?2, owed_none_at) where id = ?3";
        self.change("device", sql, (int(owes), int(at), key(&device)))
    }

    fn bind_replica(&mut self, organisation: Uuid, replica: ReplicaId, device: Uuid) -> Result<()> {
        self.own(organisation)?;
        let sql = "insert into replica (organisation, id, device) values (?, ?, ?)";
        self.execute(sql, (key(&organisation), key(&replica.0), key(&device)))?;
        Ok(())
    }

    fn put_chain(&mut self, organisation: Uuid, replica: ReplicaId, chain: &ChainRow) -> Result<()> {
        self.own(organisation)?;
        let answer = zstd::bulk::compress(&chain.answer, ANSWER_COMPRESSION)
            .map_err(|error| StorageError::Engine(Box::new(error)))?;
        self.execute(
            "insert into chain (organisation, replica, number, digest, answer) values (?, ?, ?, ?, ?)
             on conflict (organisation, replica) do update
             set number = excluded.number, digest = excluded.digest, answer = excluded.answer",
            (key(&organisation), key(&replica.0), int(chain.number), chain.digest.as_slice(), answer),
        )?;
        Ok(())
    }

    fn insert_enrol_code(&mut self, code: &EnrolCodeRow) -> Result<()> {
        self.own(code.organisation)?;
        self.execute(
            "insert into enrol_code (organisation, hash, role, scopes, expires_at, used_at) values (?, ?, ?, ?, ?, ?)",
            (
                key(&code.organisation),
                code.hash.as_slice(),
                code.role.as_str(),
                scopes_blob(code.scopes.as_ref()),
                int(code.expires_at),
                code.used_at.map(int),
            ),
        )?;
        Ok(())
    }

    fn use_enrol_code(&mut self, hash: &[u8; 32], at: u64) -> Result<()> {
        let sql = "update enrol_code set used_at = ? where hash = ?";
        self.change("enrolment code", sql, (int(at), hash.as_slice()))
    }

    fn put_account(&mut self, organisation: Uuid, account: &AccountRow) -> Result<()> {
        self.own(organisation)?;
        self.execute(
            "insert into account (organisation, name, password_hash, roles, created_at, person, must_begin,
                 must_change_password)
             values (?, ?, ?, ?, ?, ?, ?, ?)
             on conflict (organisation, name) do update
             set password_hash = excluded.password_hash, roles = excluded.roles, person = excluded.person,
                 must_begin = excluded.must_begin, must_change_password = excluded.must_change_password",
            (
                key(&organisation),
                &account.name,
                &account.password_hash,
                account.roles.join(","),
                int(account.created_at),
                account.person.as_ref().map(key),
                account.must_begin,
                account.must_change_password,
            ),
        )?;
        Ok(())
    }

    fn remove_account(&mut self, organisation: Uuid, name: &str) -> Result<()> {
        self.own(organisation)?;
        self.execute("delete from account where organisation = ? and name = ?", (key(&organisation), name))?;
        Ok(())
    }

    fn put_blob(&mut self, organisation: Uuid, blob: &BlobRow, uploader: Option<Uuid>) -> Result<()> {
        self.own(organisation)?;
        self.execute(
            "insert into blob (organisation, id, bytes, completed_at) values (?, ?, ?, ?)
             on conflict (organisation, id) do nothing",
            (key(&organisation), blob.id.0, int(blob.bytes), int(blob.completed_at)),
        )?;
        if let Some(device) = uploader {
            let sql = "insert into blob_uploader (organisation, blob, device) values (?, ?, ?)
                 on conflict (organisation, blob, device) do nothing";
            self.execute(sql, (key(&organisation), blob.id.0, key(&device)))?;
        }
        Ok(())
    }

    fn remove_blob(&mut self, organisation: Uuid, id: BlobId) -> Result<()> {
        self.own(organisation)?;
        self.execute("delete from blob_uploader where organisation = ? and blob = ?", (key(&organisation), id.0))?;
        self.execute("delete from blob where organisation = ? and id = ?", (key(&organisation), id.0))?;
        Ok(())
    }

    fn put_blob_references(&mut self, organisation: Uuid, record: RecordId, blobs: &[BlobId]) -> Result<()> {
        self.own(organisation)?;
        blobs::refer(self.db(), organisation, record.0, blobs)
    }

    fn purge_blob_references(&mut self, organisation: Uuid, record: RecordId) -> Result<()> {
        self.own(organisation)?;
        let sql = "update blob_reference set is_purged = 1 where organisation = ? and record = ?";
        self.execute(sql, (key(&organisation), key(&record.0)))?;
        Ok(())
    }

    fn set_refill(&mut self, organisation: Uuid, refill_from: Option<u64>) -> Result<()> {
        self.own(organisation)?;
        let sql = "update organisation set refill_from = ? where id = ?";
        self.change("organisation", sql, (refill_from.map(int), key(&organisation)))
    }

    fn begin_epoch(&mut self, organisation: Uuid, epoch: Uuid) -> Result<()> {
        self.own(organisation)?;
        let sql = "update organisation set epoch = ?, went_back_at = null where id = ?";
        self.change("organisation", sql, [key(&epoch), key(&organisation)])?;
        self.execute("delete from chain where organisation = ?", [key(&organisation)])?;
        let sql = "update enrol_code set expires_at = 0 where organisation = ? and used_at is null";
        self.execute(sql, [key(&organisation)])?;
        Ok(())
    }

    fn put_went_back(&mut self, organisation: Uuid, at: u64) -> Result<()> {
        self.own(organisation)?;
        let sql = "update organisation set went_back_at = ? where id = ?";
        self.change("organisation", sql, (int(at), key(&organisation)))
    }

    fn set_clock_offset_ms(&mut self, offset_ms: i64) -> Result<()> {
        self.execute(
            "insert into meta (name, value) values ('clock_offset_ms', ?)
             on conflict (name) do update set value = excluded.value",
            [offset_ms],
        )?;
        Ok(())
    }
}
