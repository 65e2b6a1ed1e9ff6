//! Purging records after their retention time: their values, their history, and the photos that they alone named.

use causal::RecordId;
use uuid::Uuid;
use wire::BlobId;

use super::{Hub, HubError, random_uuid};
use crate::storage::{JournalRow, Result, WriteTxn, changes};

/// So many records are purged in one transaction, so that nobody waits long behind it.
const AT_ONCE: usize = 50;

/// What a purge did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purged {
    /// Values were there, and are gone.
    Done {
        /// The place of the change in the feed.
        seq: u64,
    },
    /// There was nothing to take away.
    Already {
        /// The place of the newest change of the record.
        seq: u64,
    },
}

/// Takes all values of a record and of its history away, as a change in the feed; nothing when there is no such record.
///
/// Its version stays, so that an old copy merges to nothing wherever it comes from.
///
/// # Errors
/// [`StorageError`](crate::storage::StorageError)
pub fn purge(
    txn: &mut dyn WriteTxn,
    start: Uuid,
    now_ms: u64,
    organisation: Uuid,
    id: RecordId,
) -> Result<Option<Purged>> {
    let Some(mut stored) = txn.record(organisation, id)? else { return Ok(None) };
    if stored.record.state.fields().is_empty() {
        return Ok(Some(Purged::Already { seq: stored.seq }));
    }
    for line in txn.journal(organisation, id)? {
        // A line that no longer reads is emptied all the same.
        let mut emptied = changes::decode(&line.changes).unwrap_or_default();
        emptied.iter_mut().for_each(|change| change.values.clear());
        txn.put_journal_changes(organisation, line.seq, &changes::encode(&emptied))?;
    }
    stored.record.state.purge();
    stored.purged.join(stored.record.state.version());
    stored.seq = txn.next_place(organisation, start)?;
    txn.put_record(organisation, &stored)?;
    txn.purge_blob_references(organisation, id)?;
    let line = JournalRow {
        seq: stored.seq,
        record: id,
        device: None,
        person: None,
        at: None,
        received_at: now_ms,
        is_refill: false,
        changes: changes::encode(&Vec::new()),
    };
    txn.insert_journal(organisation, &line)?;
    Ok(Some(Purged::Done { seq: stored.seq }))
}

/// Forgets the photos that a purged record named and no other does, and gives them: whoever has committed that removes their bytes.
///
/// # Errors
/// [`StorageError`](crate::storage::StorageError)
pub fn forget_blobs(txn: &mut dyn WriteTxn, organisation: Uuid, id: RecordId) -> Result<Vec<BlobId>> {
    let purged = txn.purged_blobs(organisation, id)?;
    purged.iter().try_for_each(|blob| txn.remove_blob(organisation, *blob))?;
    Ok(purged)
}

impl Hub {
    /// Purges records of an organisation, those that have values; how many there were.
    ///
    /// The bytes of photos go after the commit. Those of a record that was purged before go as well, should they still be there.
    ///
    /// # Errors
    /// [`HubError`]; what was purged until then stays so, and the same call goes on with the rest.
    pub fn purge(&self, organisation: Uuid, records: &[RecordId]) -> std::result::Result<usize, HubError> {
        let mut purged = 0;
        for some in records.chunks(AT_ONCE) {
            let (some, start, now) = (some.to_vec(), random_uuid(&*self.0.random), self.now_ms());
            let (count, blobs) = self.write_blocking(organisation, move |txn| {
                let (mut count, mut blobs) = (0, Vec::new());
                for id in &some {
                    count +=
                        usize::from(matches!(purge(txn, start, now, organisation, *id)?, Some(Purged::Done { .. })));
                    blobs.extend(forget_blobs(txn, organisation, *id)?);
                }
                Ok((count, blobs))
            })?;
            purged += count;
            for blob in blobs {
                self.0.blobs.remove(organisation, blob)?;
            }
        }
        if purged > 0 {
            self.0.storage.fold_log()?;
        }
        Ok(purged)
    }

    /// Those of some records that have values.
    ///
    /// # Errors
    /// [`HubError`]
    pub fn with_values(
        &self,
        organisation: Uuid,
        records: &[RecordId],
    ) -> std::result::Result<Vec<RecordId>, HubError> {
        self.read_store(|txn| {
            let mut found = Vec::new();
            for id in records {
                let stored = txn.record(organisation, *id)?;
                found.extend(stored.filter(|stored| !stored.record.state.fields().is_empty()).map(|_| *id));
            }
            Ok(found)
        })
    }
}
