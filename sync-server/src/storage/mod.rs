//! What the server keeps, behind one trait, whichever engine keeps it: SQLite for one school, PostgreSQL for many.
//!
//! The trait knows nothing of HTTP and decides nothing of the protocol; the service knows no SQL.
//! Every backend passes the one suite in `conformance.rs`.

pub(crate) mod changes;
mod error;
mod findings;
pub mod postgres;
mod rows;
pub mod sqlite;

#[cfg(test)]
mod conformance;
#[cfg(test)]
pub(crate) mod testing;

use std::ops::ControlFlow;

use causal::{RecordId, ReplicaId};
use uuid::Uuid;
use wire::BlobId;

pub use error::{Result, StorageError};
pub use rows::{
    AccountRow, BlobReference, BlobRow, ChainRow, DeviceRow, EnrolCodeRow, FeedRow, JournalRow, OrganisationRow,
    Preset, Role, StoredRecord,
};

/// In whose name a transaction is opened that changes nothing of any organisation, such as the clock.
pub const NOBODYS: Uuid = Uuid::nil();

/// A store of several organisations, strictly apart.
///
/// All calls block; call them from threads that may.
///
/// Isolation: transactions are serialisable.
/// A read transaction sees one committed moment from its first read on, whatever is written meanwhile.
/// An organisation has one write transaction at a time; a second one waits for the first, also for one of another process.
/// Where [`Storage::writers`] is 1, those of several organisations wait for each other as well.
/// A write transaction changes rows of its own organisation alone.
/// After a call has failed, its transaction can only be dropped.
/// Nothing of a write transaction can be seen by others before `commit`, and everything after it.
/// After `commit` has returned, the changes survive a crash and a power cut.
/// Dropping a transaction without `commit` undoes it.
/// A thread must not open a transaction while it holds another one of the same store.
pub trait Storage: Send + Sync {
    /// Opens a snapshot.
    ///
    /// # Errors
    /// [`StorageError::Engine`] and the like; every method of the transactions may give these.
    fn read(&self) -> Result<Box<dyn ReadTxn + '_>>;

    /// Opens the one write transaction of an organisation, which need not be there yet.
    ///
    /// Whatever was read before it may have changed, and is read again in it.
    ///
    /// # Errors
    /// As [`Storage::read`]; and [`StorageError::Busy`], also at any later call and at the commit: nothing has changed then,
    /// and the whole transaction may be run again.
    fn write(&self, organisation: Uuid) -> Result<Box<dyn WriteTxn + '_>>;

    /// How many organisations may write at once.
    fn writers(&self) -> usize {
        1
    }

    /// A number that is another one after somebody has committed; it tells of other processes, and perhaps of this one.
    ///
    /// # Errors
    /// As [`Storage::read`]
    fn revision(&self) -> Result<i64>;

    /// Writes the time into a row of its own and makes it durable, beside whatever waits to be written, and `bytes` more
    /// that are taken away again: so it is seen whether the store takes what is written.
    ///
    /// # Errors
    /// As [`Storage::read`]
    fn beat(&self, at: u64, bytes: usize) -> Result<()>;

    /// Takes what stands in a log into the store itself and empties the log, as far as nobody is reading: what was purged stands in
    /// no older page then.
    ///
    /// # Errors
    /// As [`Storage::read`]
    fn fold_log(&self) -> Result<()>;
}

/// Reads one committed moment.
#[allow(clippy::missing_errors_doc)]
pub trait ReadTxn {
    /// All organisations, oldest first.
    fn organisations(&self) -> Result<Vec<OrganisationRow>>;

    /// One organisation.
    fn organisation(&self, id: Uuid) -> Result<Option<OrganisationRow>>;

    /// The newest state of a record.
    fn record(&self, organisation: Uuid, id: RecordId) -> Result<Option<StoredRecord>>;

    /// Walks the records whose place is after `after`, in order of their places, until `visit` breaks.
    ///
    /// With `scopes`, only records of those scopes and of scope null are visited.
    fn feed(
        &self,
        organisation: Uuid,
        after: u64,
        scopes: Option<&[Uuid]>,
        visit: &mut dyn FnMut(FeedRow) -> ControlFlow<()>,
    ) -> Result<()>;

    /// Whether [`ReadTxn::feed`] has anything to visit.
    fn has_news(&self, organisation: Uuid, after: u64, scopes: Option<&[Uuid]>) -> Result<bool> {
        let mut is_news = false;
        self.feed(organisation, after, scopes, &mut |_| {
            is_news = true;
            ControlFlow::Break(())
        })?;
        Ok(is_news)
    }

    /// Says which records will be asked for, so that a store that is far away may bring them all at once.
    fn expect_records(&self, _organisation: Uuid, _ids: &[RecordId]) -> Result<()> {
        Ok(())
    }

    /// Which start of a server wrote the place `seq`; nothing for places before the first.
    fn start_at(&self, organisation: Uuid, seq: u64) -> Result<Option<Uuid>>;

    /// The device with this token hash, of whatever organisation.
    fn device_by_token(&self, token_hash: &[u8; 32]) -> Result<Option<DeviceRow>>;

    /// One device.
    fn device(&self, id: Uuid) -> Result<Option<DeviceRow>>;

    /// All devices of an organisation, oldest first.
    fn devices(&self, organisation: Uuid) -> Result<Vec<DeviceRow>>;

    /// The device that owns a replica id.
    fn replica_owner(&self, organisation: Uuid, replica: ReplicaId) -> Result<Option<Uuid>>;

    /// The replica ids of a device, in the order of their first use.
    fn replicas(&self, organisation: Uuid, device: Uuid) -> Result<Vec<ReplicaId>>;

    /// The last push of a replica.
    fn chain(&self, organisation: Uuid, replica: ReplicaId) -> Result<Option<ChainRow>>;

    /// An enrolment code by its hash, used or not.
    fn enrol_code(&self, hash: &[u8; 32]) -> Result<Option<EnrolCodeRow>>;

    /// Every change of a record, oldest first.
    fn journal(&self, organisation: Uuid, record: RecordId) -> Result<Vec<JournalRow>>;

    /// Walks the changes of a record, oldest first, until `visit` breaks or fails.
    fn walk_journal(
        &self,
        organisation: Uuid,
        record: RecordId,
        visit: &mut dyn FnMut(JournalRow) -> Result<ControlFlow<()>>,
    ) -> Result<()>;

    /// Every change after `after` that was brought back by another device than the one that wrote it, oldest first.
    fn refilled(&self, organisation: Uuid, after: u64) -> Result<Vec<JournalRow>>;

    /// The office accounts of an organisation, by name.
    fn accounts(&self, organisation: Uuid) -> Result<Vec<AccountRow>>;

    /// A blob of which all bytes are here.
    fn blob(&self, organisation: Uuid, id: BlobId) -> Result<Option<BlobRow>>;

    /// All of these, by name.
    fn blobs(&self, organisation: Uuid) -> Result<Vec<BlobRow>>;

    /// Whether `device` has sent all bytes of a blob.
    fn is_blob_uploader(&self, organisation: Uuid, id: BlobId, device: Uuid) -> Result<bool>;

    /// Whether a record names the blob, or named it before; with `scopes`, one of those scopes or of scope null.
    fn is_blob_named(&self, organisation: Uuid, id: BlobId, scopes: Option<&[Uuid]>) -> Result<bool>;

    /// The blobs that a purged record named once, and that no other record names or named before.
    fn purged_blobs(&self, organisation: Uuid, record: RecordId) -> Result<Vec<BlobId>>;

    /// What records name or named before, but for purged ones, by blob and record.
    fn blob_references(&self, organisation: Uuid) -> Result<Vec<BlobReference>>;

    /// How far the clock of the last `init` or `serve` was ahead of the machine's, in milliseconds.
    fn clock_offset_ms(&self) -> Result<i64>;

    /// When somebody last came who had read more than the store holds; nothing since the newest epoch.
    fn went_back_at(&self, organisation: Uuid) -> Result<Option<u64>>;

    /// Everything that is wrong with the store, in sentences; empty when all is well.
    fn verify(&self) -> Result<Vec<String>>;
}

/// Changes the store; see [`Storage`] for what is promised.
#[allow(clippy::missing_errors_doc)]
pub trait WriteTxn: ReadTxn {
    /// Makes everything since the start of the transaction durable and visible.
    fn commit(self: Box<Self>) -> Result<()>;

    /// Adds an organisation with an empty feed.
    fn insert_organisation(&mut self, organisation: &OrganisationRow) -> Result<()>;

    /// Allots the next place of the feed, and notes that `start` writes from here on if another start wrote before.
    fn next_place(&mut self, organisation: Uuid, start: Uuid) -> Result<u64>;

    /// Puts the newest state of a record in the place of the one before.
    fn put_record(&mut self, organisation: Uuid, record: &StoredRecord) -> Result<()>;

    /// Adds a change to the journal.
    fn insert_journal(&mut self, organisation: Uuid, row: &JournalRow) -> Result<()>;

    /// Replaces the changes of one journal row.
    fn put_journal_changes(&mut self, organisation: Uuid, seq: u64, changes: &[u8]) -> Result<()>;

    /// Adds a device.
    fn insert_device(&mut self, device: &DeviceRow) -> Result<()>;

    /// Marks a device as revoked.
    fn revoke_device(&mut self, id: Uuid, at: u64) -> Result<()>;

    /// Notes when a device was last seen.
    fn put_last_seen(&mut self, device: Uuid, at: u64) -> Result<()>;

    /// Notes how many records a device owed at `at`.
    fn put_owes(&mut self, device: Uuid, owes: u64, at: u64) -> Result<()>;

    /// Makes `device` the owner of a replica id that has none.
    fn bind_replica(&mut self, organisation: Uuid, replica: ReplicaId, device: Uuid) -> Result<()>;

    /// Puts the last push of a replica in the place of the one before.
    fn put_chain(&mut self, organisation: Uuid, replica: ReplicaId, chain: &ChainRow) -> Result<()>;

    /// Adds an enrolment code.
    fn insert_enrol_code(&mut self, code: &EnrolCodeRow) -> Result<()>;

    /// Marks an enrolment code as used.
    fn use_enrol_code(&mut self, hash: &[u8; 32], at: u64) -> Result<()>;

    /// Adds or replaces an office account.
    fn put_account(&mut self, organisation: Uuid, account: &AccountRow) -> Result<()>;

    /// Removes an office account; one that is not there stays away.
    fn remove_account(&mut self, organisation: Uuid, name: &str) -> Result<()>;

    /// Notes that all bytes of a blob are here, and who sent them.
    fn put_blob(&mut self, organisation: Uuid, blob: &BlobRow, uploader: Option<Uuid>) -> Result<()>;

    /// Forgets that the bytes of a blob were ever here, and who sent them.
    fn remove_blob(&mut self, organisation: Uuid, id: BlobId) -> Result<()>;

    /// Notes that a record names these blobs.
    fn put_blob_references(&mut self, organisation: Uuid, record: RecordId, blobs: &[BlobId]) -> Result<()>;

    /// Notes that a purged record names nothing any more.
    fn purge_blob_references(&mut self, organisation: Uuid, record: RecordId) -> Result<()>;

    /// Starts a refill at the present place, or ends it.
    fn set_refill(&mut self, organisation: Uuid, refill_from: Option<u64>) -> Result<()>;

    /// Gives the feed a new epoch, and forgets the push chains and the unused enrolment codes of the old one.
    ///
    /// A code that the store believes unused may have been used since the store was backed up.
    /// Nobody has read more than it holds any more.
    fn begin_epoch(&mut self, organisation: Uuid, epoch: Uuid) -> Result<()>;

    /// Notes that somebody came who had read more than the store holds.
    fn put_went_back(&mut self, organisation: Uuid, at: u64) -> Result<()>;

    /// Notes how far the clock is ahead of the machine's.
    fn set_clock_offset_ms(&mut self, offset_ms: i64) -> Result<()>;
}
