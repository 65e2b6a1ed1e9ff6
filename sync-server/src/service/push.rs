//! One push, from the chain to the answer.

use causal::{Record, ReplicaId, State, VersionVector};
use uuid::Uuid;
use wire::{
    BlobRefs, Digest, MAX_PAGE_BYTES, MAX_PUSH_RECORDS, Outcome, Problem, ProblemType, PushHead, PushRequest,
    PushResult, ReceivedRecord, RecordsWriter,
};

use super::Refusal;
use super::admit::{Admitted, Rights, admit};
use super::chain::{Verdict, judge};
use crate::storage::{
    ChainRow, DeviceRow, JournalRow, OrganisationRow, ReadTxn, Result, StorageError, StoredRecord, WriteTxn, changes,
};

/// Why a push is refused whole; nothing changes, and it consumes no number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PushRefusal {
    /// The device is not served.
    Device(Refusal),
    /// The push is meant for another feed.
    EpochChanged {
        /// The epoch of this one.
        epoch: Uuid,
    },
    /// Another store pushes under this replica id.
    ReplicaForked,
    /// The push is neither the last nor the next one.
    OutOfOrder {
        /// The number of the next one.
        expected: u64,
    },
    /// It holds more than [`MAX_PUSH_RECORDS`] records.
    TooManyRecords,
}

/// What a push is applied with: the place in the feed's history, and the time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) start: Uuid,
    pub(super) now_ms: u64,
}

/// Applies a push of `device`, and gives the body of the answer.
///
/// All checks that refuse it whole come before the first change.
pub(super) fn apply_push(
    txn: &mut dyn WriteTxn,
    moment: Moment,
    device: Uuid,
    push: &PushRequest,
    digest: Digest,
) -> Result<std::result::Result<Vec<u8>, PushRefusal>> {
    let standing = match stand(txn, device, &push.head, digest)? {
        Err(refusal) => return Ok(Err(refusal)),
        Ok(HeadVerdict::Replay(answer)) => return Ok(Ok(answer)),
        Ok(HeadVerdict::Next(standing)) => standing,
    };
    let Standing { device, organisation, is_bound } = *standing;
    let head = &push.head;
    if push.records.len() > MAX_PUSH_RECORDS {
        return Ok(Err(PushRefusal::TooManyRecords));
    }
    let rights = rights(txn, &organisation, &device, head.replica)?;
    let expected: Vec<_> = push.records.iter().filter_map(|one| one.record.as_ref().ok()).map(|one| one.id).collect();
    txn.expect_records(organisation.id, &expected)?;
    let mut applying = Applying::new(moment, organisation.id, device.id, rights);
    for received in &push.records {
        applying.take(txn, received)?;
    }
    if !is_bound {
        txn.bind_replica(organisation.id, head.replica, device.id)?;
    }
    let answer = wire::encode_push_answer(&head.epoch, head.number, digest, &applying.results, applying.answer.records);
    let chain = ChainRow { number: head.number, digest: digest.0, answer };
    txn.put_chain(organisation.id, head.replica, &chain)?;
    Ok(Ok(chain.answer))
}

/// What the head of a push alone says.
enum HeadVerdict {
    /// It comes next; its records decide.
    Next(Box<Standing>),
    /// It is the last one again: the kept answer.
    Replay(Vec<u8>),
}

/// Who pushes what comes next.
struct Standing {
    device: DeviceRow,
    organisation: OrganisationRow,
    /// Whether the replica id has an owner already.
    is_bound: bool,
}

/// The answer that a push gets whatever its records are; nothing when they decide.
pub(super) fn answer_by_head(
    txn: &(impl ReadTxn + ?Sized),
    device: Uuid,
    head: &PushHead,
    digest: Digest,
) -> Result<std::result::Result<Option<Vec<u8>>, PushRefusal>> {
    Ok(stand(txn, device, head, digest)?.map(|judged| match judged {
        HeadVerdict::Next(_) => None,
        HeadVerdict::Replay(answer) => Some(answer),
    }))
}

/// Looks at the device, the epoch, the owner of the replica id and the chain, in this order.
fn stand(
    txn: &(impl ReadTxn + ?Sized),
    device: Uuid,
    head: &PushHead,
    digest: Digest,
) -> Result<std::result::Result<HeadVerdict, PushRefusal>> {
    let device = match txn.device(device)? {
        None => return Ok(Err(PushRefusal::Device(Refusal::Unauthorised))),
        Some(device) if device.revoked_at.is_some() => {
            return Ok(Err(PushRefusal::Device(Refusal::DeviceRevoked)));
        }
        Some(device) => device,
    };
    let organisation = txn
        .organisation(device.organisation)?
        .ok_or_else(|| StorageError::DamagedRow(format!("device {}", device.id)))?;
    if head.epoch != organisation.epoch.to_string() {
        return Ok(Err(PushRefusal::EpochChanged { epoch: organisation.epoch }));
    }
    let owner = txn.replica_owner(organisation.id, head.replica)?;
    if owner.is_some_and(|owner| owner != device.id) {
        return Ok(Err(PushRefusal::ReplicaForked));
    }
    let last = txn.chain(organisation.id, head.replica)?;
    Ok(match judge(last.as_ref().map(|last| (last.number, Digest(last.digest))), head, digest) {
        Verdict::Next => Ok(HeadVerdict::Next(Box::new(Standing { device, organisation, is_bound: owner.is_some() }))),
        Verdict::Replay => Ok(HeadVerdict::Replay(last.map(|last| last.answer).unwrap_or_default())),
        Verdict::Forked => Err(PushRefusal::ReplicaForked),
        Verdict::OutOfOrder { expected } => Err(PushRefusal::OutOfOrder { expected }),
    })
}

fn rights(
    txn: &dyn WriteTxn,
    organisation: &OrganisationRow,
    device: &DeviceRow,
    pushing: ReplicaId,
) -> Result<Rights> {
    let refill = match organisation.refill_from {
        None => None,
        Some(_) => Some(txn.replicas(organisation.id, device.id)?.into_iter().chain([pushing]).collect()),
    };
    Ok(Rights { role: device.role, scopes: device.scopes.clone(), pushing, refill })
}

struct Applying {
    moment: Moment,
    organisation: Uuid,
    device: Uuid,
    rights: Rights,
    results: Vec<PushResult>,
    answer: AnswerRecords,
}

impl Applying {
    fn new(moment: Moment, organisation: Uuid, device: Uuid, rights: Rights) -> Self {
        Self { moment, organisation, device, rights, results: Vec::new(), answer: AnswerRecords::default() }
    }

    fn take(&mut self, txn: &mut dyn WriteTxn, received: &ReceivedRecord) -> Result<()> {
        let judged = match &received.record {
            Err(invalid) => Err(Problem::new(ProblemType::InvalidRecord).detail(invalid)),
            Ok(pushed) => self.merge(txn, pushed)?,
        };
        let (outcome, problem) = match judged {
            Ok(outcome) => (outcome, None),
            Err(problem) => (Outcome::Rejected, Some(problem)),
        };
        self.results.push(PushResult { id: received.id.clone(), outcome, problem });
        Ok(())
    }

    fn merge(&mut self, txn: &mut dyn WriteTxn, pushed: &Record) -> Result<std::result::Result<Outcome, Problem>> {
        let held = txn.record(self.organisation, pushed.id)?;
        let admitted = match admit(pushed, held.as_ref(), &self.rights) {
            Ok(admitted) => admitted,
            Err(rejection) => return Ok(Err(rejection.problem())),
        };
        let differs = admitted.state != pushed.state;
        let outcome = if admitted.is_change { Outcome::Merged } else { Outcome::Unchanged };
        let state = match admitted.is_change {
            true => self.store(txn, pushed, held, admitted)?,
            false => admitted.state,
        };
        if differs {
            self.answer.add(&Record { id: pushed.id, kind: pushed.kind.clone(), scope: pushed.scope, state });
        }
        Ok(Ok(outcome))
    }

    fn store(
        &self,
        txn: &mut dyn WriteTxn,
        pushed: &Record,
        held: Option<StoredRecord>,
        admitted: Admitted,
    ) -> Result<State> {
        let seq = txn.next_place(self.organisation, self.moment.start)?;
        let (before, purged) = match held {
            None => (State::new(), VersionVector::new()),
            Some(held) => (held.record.state, held.purged),
        };
        let newest = changes::newest_write(&before, &admitted.state);
        let changes = changes::between(&before, &admitted.state);
        let mut named = BlobRefs::new();
        let values = changes.iter().flat_map(|change| &change.values);
        values.for_each(|value| wire::add_blob_refs(value, &mut named));
        let line = JournalRow {
            seq,
            record: pushed.id,
            device: Some(self.device),
            person: newest.and_then(|stamp| stamp.by.clone()),
            at: newest.map(|stamp| stamp.at),
            received_at: self.moment.now_ms,
            is_refill: admitted.is_refill,
            changes: changes::encode(&changes),
        };
        let record = Record { id: pushed.id, kind: pushed.kind.clone(), scope: pushed.scope, state: admitted.state };
        let stored = StoredRecord { record, seq, purged };
        txn.put_record(self.organisation, &stored)?;
        txn.insert_journal(self.organisation, &line)?;
        txn.put_blob_references(self.organisation, pushed.id, &named.into_keys().collect::<Vec<_>>())?;
        Ok(stored.record.state)
    }
}

/// The records of an answer, as far as they fit.
#[derive(Default)]
struct AnswerRecords {
    records: RecordsWriter,
    is_full: bool,
}

impl AnswerRecords {
    fn add(&mut self, record: &Record) {
        if self.is_full || (self.records.is_empty() && is_too_large(record)) {
            return;
        }
        self.is_full = !self.records.push_within(record, MAX_PAGE_BYTES);
    }
}

/// Whether a record alone is larger than an answer; others may still fit.
fn is_too_large(record: &Record) -> bool {
    let mut alone = RecordsWriter::new();
    alone.push(record);
    alone.bytes() > MAX_PAGE_BYTES
}
