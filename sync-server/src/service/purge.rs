//! Purging one record after its retention time.

use causal::RecordId;
use uuid::Uuid;

use crate::storage::{JournalRow, Result, WriteTxn, changes};

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
