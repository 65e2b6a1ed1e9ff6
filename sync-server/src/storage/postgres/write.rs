//! Writing.

use causal::{RecordId, ReplicaId};
use uuid::Uuid;
use wire::BlobId;

use super::link::Params;
use super::row::{damaged, int};
use super::txn::PostgresTxn;
use crate::storage::{
    AccountRow, BlobRow, ChainRow, DeviceRow, EnrolCodeRow, JournalRow, OrganisationRow, Result, StorageError,
    StoredRecord, WriteTxn,
};

/// Answers are kept for the rare retry: the cheapest compression will do.
const ANSWER_COMPRESSION: i32 = 1;

impl PostgresTxn<'_> {
    /// Runs a change that must find its row.
    fn change(&self, what: &str, sql: &str, params: Params<'_>) -> Result<()> {
        match self.execute(sql, params)? {
            0 => Err(damaged(what)),
            _ => Ok(()),
        }
    }

    /// As [`PostgresTxn::execute`], for an organisation that has to be the transaction's own.
    fn put(&self, organisation: Uuid, sql: &str, params: Params<'_>) -> Result<()> {
        self.own(organisation)?;
        self.execute(sql, params).map(drop)
    }

    /// Whose rows this transaction may change.
    fn of(&self) -> Uuid {
        self.writing.as_ref().map_or(Uuid::nil(), |writing| writing.organisation)
    }
}

impl WriteTxn for PostgresTxn<'_> {
    fn commit(mut self: Box<Self>) -> Result<()> {
        self.commit_now()
    }

    fn insert_organisation(&mut self, organisation: &OrganisationRow) -> Result<()> {
        self.put(
            organisation.id,
            "insert into organisation (id, name, preset, epoch, last_seq, refill_from) values ($1, $2, $3, $4, $5, $6)",
            &[
                &organisation.id,
                &organisation.name,
                &organisation.preset.as_str(),
                &organisation.epoch,
                &int(organisation.last_seq),
                &organisation.refill_from.map(int),
            ],
        )?;
        self.own(organisation.id)?.borrow_mut().last_seq = Some(organisation.last_seq);
        Ok(())
    }

    fn next_place(&mut self, organisation: Uuid, start: Uuid) -> Result<u64> {
        let is_known = self.own(organisation)?.borrow().knows_start();
        if !is_known {
            let last = self.one(
                "select start from feed_start where organisation = $1 order by first_seq desc limit 1",
                &[&organisation],
                |row| super::row::get(row, 0, "start"),
            )?;
            self.own(organisation)?.borrow_mut().learn_start(last);
        }
        let place = self.own(organisation)?.borrow_mut().next_place(start);
        place.ok_or_else(|| damaged("organisation"))
    }

    fn put_record(&mut self, organisation: Uuid, record: &StoredRecord) -> Result<()> {
        self.own(organisation)?.borrow_mut().put(record);
        Ok(())
    }

    fn insert_journal(&mut self, organisation: Uuid, row: &JournalRow) -> Result<()> {
        self.own(organisation)?.borrow_mut().line(row);
        Ok(())
    }

    fn put_journal_changes(&mut self, organisation: Uuid, seq: u64, changes: &[u8]) -> Result<()> {
        self.own(organisation)?;
        self.flush()?;
        let sql = "update journal set changes = $1 where organisation = $2 and seq = $3";
        self.change("journal", sql, &[&changes, &organisation, &int(seq)])
    }

    fn insert_device(&mut self, device: &DeviceRow) -> Result<()> {
        self.put(
            device.organisation,
            "insert into device
                (id, organisation, name, role, scopes, token_hash, created_at, revoked_at, last_seen_at, owes,
                 owed_none_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            &[
                &device.id,
                &device.organisation,
                &device.name,
                &device.role.as_str(),
                &device.scopes,
                &device.token_hash.as_ref().map(<[u8; 32]>::as_slice),
                &int(device.created_at),
                &device.revoked_at.map(int),
                &device.last_seen_at.map(int),
                &device.owes.map(int),
                &device.owed_none_at.map(int),
            ],
        )
    }

    fn revoke_device(&mut self, id: Uuid, at: u64) -> Result<()> {
        let sql = "update device set revoked_at = $1 where id = $2 and organisation = $3";
        self.change("device", sql, &[&int(at), &id, &self.of()])
    }

    fn put_last_seen(&mut self, device: Uuid, at: u64) -> Result<()> {
        let sql = "update device set last_seen_at = $1 where id = $2 and organisation = $3";
        self.change("device", sql, &[&int(at), &device, &self.of()])
    }

    fn put_owes(&mut self, device: Uuid, owes: u64, at: u64) -> Result<()> {
        let sql = "update device set owes = $1, owed_none_at = case when $1::bigint = 0 then $2 else owed_none_at end
             where id = $3 and organisation = $4";
        self.change("device", sql, &[&int(owes), &int(at), &device, &self.of()])
    }

    fn bind_replica(&mut self, organisation: Uuid, replica: ReplicaId, device: Uuid) -> Result<()> {
        let sql = "insert into replica (organisation, id, device) values ($1, $2, $3)";
        self.put(organisation, sql, &[&organisation, &replica.0, &device])
    }

    fn put_chain(&mut self, organisation: Uuid, replica: ReplicaId, chain: &ChainRow) -> Result<()> {
        let answer = zstd::bulk::compress(&chain.answer, ANSWER_COMPRESSION)
            .map_err(|error| StorageError::Engine(Box::new(error)))?;
        self.put(
            organisation,
            "insert into chain (organisation, replica, number, digest, answer) values ($1, $2, $3, $4, $5)
             on conflict (organisation, replica) do update
             set number = excluded.number, digest = excluded.digest, answer = excluded.answer",
            &[&organisation, &replica.0, &int(chain.number), &chain.digest.as_slice(), &answer],
        )
    }

    fn insert_enrol_code(&mut self, code: &EnrolCodeRow) -> Result<()> {
        self.put(
            code.organisation,
            "insert into enrol_code (organisation, hash, role, scopes, expires_at, used_at)
             values ($1, $2, $3, $4, $5, $6)",
            &[
                &code.organisation,
                &code.hash.as_slice(),
                &code.role.as_str(),
                &code.scopes,
                &int(code.expires_at),
                &code.used_at.map(int),
            ],
        )
    }

    fn use_enrol_code(&mut self, hash: &[u8; 32], at: u64) -> Result<()> {
        let sql = "update enrol_code set used_at = $1 where hash = $2 and organisation = $3";
        self.change("enrolment code", sql, &[&int(at), &hash.as_slice(), &self.of()])
    }

    fn put_account(&mut self, organisation: Uuid, account: &AccountRow) -> Result<()> {
        self.put(
            organisation,
            "insert into account (organisation, name, password_hash, roles, created_at, person, must_begin,
                 must_change_password)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (organisation, name) do update
             set password_hash = excluded.password_hash, roles = excluded.roles, person = excluded.person,
                 must_begin = excluded.must_begin, must_change_password = excluded.must_change_password",
            &[
                &organisation,
                &account.name,
                &account.password_hash,
                &account.roles,
                &int(account.created_at),
                &account.person,
                &account.must_begin,
                &account.must_change_password,
            ],
        )
    }

    fn remove_account(&mut self, organisation: Uuid, name: &str) -> Result<()> {
        let sql = "delete from account where organisation = $1 and name = $2";
        self.put(organisation, sql, &[&organisation, &name])
    }

    fn put_blob(&mut self, organisation: Uuid, blob: &BlobRow, uploader: Option<Uuid>) -> Result<()> {
        let id = blob.id.0.as_slice();
        self.put(
            organisation,
            "insert into blob (organisation, id, bytes, completed_at) values ($1, $2, $3, $4)
             on conflict (organisation, id) do nothing",
            &[&organisation, &id, &int(blob.bytes), &int(blob.completed_at)],
        )?;
        let Some(device) = uploader else { return Ok(()) };
        let sql = "insert into blob_uploader (organisation, blob, device) values ($1, $2, $3)
             on conflict (organisation, blob, device) do nothing";
        self.put(organisation, sql, &[&organisation, &id, &device])
    }

    fn remove_blob(&mut self, organisation: Uuid, id: BlobId) -> Result<()> {
        let id = id.0.as_slice();
        let sql = "delete from blob_uploader where organisation = $1 and blob = $2";
        self.put(organisation, sql, &[&organisation, &id])?;
        self.put(organisation, "delete from blob where organisation = $1 and id = $2", &[&organisation, &id])
    }

    fn put_blob_references(&mut self, organisation: Uuid, record: RecordId, blobs: &[BlobId]) -> Result<()> {
        self.own(organisation)?.borrow_mut().refer(record, blobs);
        Ok(())
    }

    fn purge_blob_references(&mut self, organisation: Uuid, record: RecordId) -> Result<()> {
        self.flush()?;
        let sql = "update blob_reference set is_purged = true where organisation = $1 and record = $2";
        self.put(organisation, sql, &[&organisation, &record.0])
    }

    fn set_refill(&mut self, organisation: Uuid, refill_from: Option<u64>) -> Result<()> {
        self.own(organisation)?;
        let sql = "update organisation set refill_from = $1 where id = $2";
        self.change("organisation", sql, &[&refill_from.map(int), &organisation])
    }

    fn begin_epoch(&mut self, organisation: Uuid, epoch: Uuid) -> Result<()> {
        self.own(organisation)?;
        let sql = "update organisation set epoch = $1, went_back_at = null where id = $2";
        self.change("organisation", sql, &[&epoch, &organisation])?;
        self.put(organisation, "delete from chain where organisation = $1", &[&organisation])?;
        let sql = "update enrol_code set expires_at = 0 where organisation = $1 and used_at is null";
        self.put(organisation, sql, &[&organisation])
    }

    fn put_went_back(&mut self, organisation: Uuid, at: u64) -> Result<()> {
        self.own(organisation)?;
        let sql = "update organisation set went_back_at = $1 where id = $2";
        self.change("organisation", sql, &[&int(at), &organisation])
    }

    fn set_clock_offset_ms(&mut self, offset_ms: i64) -> Result<()> {
        let sql = "insert into meta (name, value) values ('clock_offset_ms', $1)
             on conflict (name) do update set value = excluded.value";
        self.execute(sql, &[&offset_ms]).map(drop)
    }
}
