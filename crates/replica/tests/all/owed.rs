//! Whatever happens in whatever order, nothing that is owed is forgotten.
//!
//! The model knows for each record which values the tablet saved and the server has not acknowledged in an answer that was
//! stored.
//! After every act the outbox must hold exactly the records with such values, and in the end the server must hold them all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use causal::{Record, RecordId};
use proptest::collection::vec;
use proptest::prelude::*;
use replica::{BlobId, BlobProgress, PullAsk, SyncError, Syncer, Transport, TransportError};
use wire::{
    EnrolAnswer, EnrolRequest, Outcome, Problem, ProblemType, PullAnswer, PushAnswer, PushRequest, PushResult, digest,
};

use crate::support::{EPOCH, NOTE, Peer, Tablet, blank, id, texts};

const RECORDS: u128 = 3;

/// What the world does to the next call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Carried,
    RequestLost,
    AnswerLost,
    /// The server answers and rejects one record of the push.
    OneRejected,
    /// The server says that the store has a twin.
    Forked,
}

#[derive(Clone, Copy, Debug)]
enum Sight {
    Fresh,
    /// As the record was when somebody last looked.
    Stale,
    Nothing,
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Save(u128, Sight),
    Look(u128),
    Step(Fate),
    TheyWrite(u128),
    Reopen,
    Update,
}

/// A server that merges, keeps the last answer, and has a feed in which every change has a place.
#[derive(Default)]
struct Office {
    state: Mutex<OfficeState>,
}

struct OfficeState {
    fate: Fate,
    records: BTreeMap<RecordId, (u64, Record)>,
    sequence: u64,
    chain: BTreeMap<causal::ReplicaId, (u64, String, Kept)>,
    peers: Peer,
    /// What the last answered push carried, when its answer arrived.
    arrived: Option<Kept>,
    has_forked: bool,
}

/// An answer as the chain keeps it.
#[derive(Clone)]
struct Kept {
    results: Vec<PushResult>,
    changed: Vec<Record>,
    carried: Vec<Record>,
}

impl Default for OfficeState {
    fn default() -> Self {
        Self {
            fate: Fate::Carried,
            records: BTreeMap::new(),
            sequence: 0,
            chain: BTreeMap::new(),
            peers: Peer::new(1),
            arrived: None,
            has_forked: false,
        }
    }
}

impl OfficeState {
    fn put(&mut self, record: Record) {
        self.sequence += 1;
        self.records.insert(record.id, (self.sequence, record));
    }

    fn apply(&mut self, carried: Vec<Record>, rejects_one: bool) -> Kept {
        let mut kept = Kept { results: Vec::new(), changed: Vec::new(), carried: carried.clone() };
        for (position, pushed) in carried.into_iter().enumerate() {
            let id = pushed.id.to_string();
            if rejects_one && position == 0 {
                let problem = Some(Problem::new(ProblemType::NotAllowed));
                kept.results.push(PushResult { id, outcome: Outcome::Rejected, problem });
                continue;
            }
            let held = self.records.get(&pushed.id).map(|(_, held)| held.clone());
            let mut merged = held.clone().unwrap_or_else(|| blank(pushed.id));
            merged.state.merge(&pushed.state);
            let outcome = if held.as_ref() == Some(&merged) { Outcome::Unchanged } else { Outcome::Merged };
            if merged != pushed {
                kept.changed.push(merged.clone());
            }
            if outcome == Outcome::Merged {
                self.put(merged);
            }
            kept.results.push(PushResult { id, outcome, problem: None });
        }
        kept
    }
}

impl Office {
    fn locked(&self) -> std::sync::MutexGuard<'_, OfficeState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lost<T>() -> Result<T, TransportError> {
    Err(TransportError::NoAnswer("lost".into()))
}

impl Transport for Office {
    fn enrol(&self, _request: &EnrolRequest) -> Result<EnrolAnswer, TransportError> {
        lost()
    }

    fn push(&self, _token: &str, body: &[u8]) -> Result<PushAnswer, TransportError> {
        let mut office = self.locked();
        if office.fate == Fate::RequestLost {
            return lost();
        }
        let request = PushRequest::decode(body).expect("a push is of the right shape");
        let (number, replica) = (request.head.number, request.head.replica);
        let carried: Vec<Record> =
            request.records.into_iter().map(|sent| sent.record.expect("a store sends valid records")).collect();
        let digest = digest(body);
        let last = office.chain.get(&replica).map(|(number, digest, kept)| (*number, digest.clone(), kept.clone()));
        let kept = match last {
            Some((last, known, kept)) if last == number => {
                assert_eq!(known, digest.to_string(), "a retry is another body");
                kept
            }
            last => {
                if office.fate == Fate::Forked {
                    office.has_forked = true;
                    return Err(TransportError::Refused(Box::new(Problem::new(ProblemType::ReplicaForked))));
                }
                let (expected, previous) = last.map_or((1, None), |(last, known, _)| (last + 1, Some(known)));
                assert_eq!((number, request.head.previous), (expected, previous), "the chain is broken");
                let rejects_one = office.fate == Fate::OneRejected;
                let kept = office.apply(carried, rejects_one);
                office.chain.insert(replica, (number, digest.to_string(), kept.clone()));
                kept
            }
        };
        if office.fate == Fate::AnswerLost {
            return lost();
        }
        office.arrived = Some(kept.clone());
        Ok(PushAnswer { epoch: EPOCH.into(), number, digest, results: kept.results, records: kept.changed })
    }

    fn pull(&self, _token: &str, ask: PullAsk<'_>) -> Result<PullAnswer, TransportError> {
        let office = self.locked();
        if matches!(office.fate, Fate::RequestLost | Fate::AnswerLost) {
            return lost();
        }
        let after: u64 = ask.after.map_or(0, |cursor| cursor.parse().expect("a cursor that was handed out"));
        let mut rest: Vec<&(u64, Record)> = office.records.values().filter(|(sequence, _)| *sequence > after).collect();
        rest.sort_by_key(|(sequence, _)| *sequence);
        // Pages of one record, so that a page is often not the last.
        let cursor = rest.first().map_or(after, |(sequence, _)| *sequence).to_string();
        let records = rest.first().map(|(_, record)| record.clone()).into_iter().collect();
        Ok(PullAnswer { epoch: EPOCH.into(), records, cursor, more: rest.len() > 1 })
    }

    fn blob_state(&self, _token: &str, _id: BlobId) -> Result<Option<BlobProgress>, TransportError> {
        Err(TransportError::not_offered())
    }

    fn send_blob(
        &self,
        _token: &str,
        _id: BlobId,
        _offset: u64,
        _total: u64,
        _bytes: &[u8],
    ) -> Result<u64, TransportError> {
        Err(TransportError::not_offered())
    }

    fn get_blob(&self, _token: &str, _id: BlobId) -> Result<Option<Vec<u8>>, TransportError> {
        Err(TransportError::not_offered())
    }

    fn live(&self, _token: &str, _stop: &AtomicBool, _on_change: &mut dyn FnMut()) -> Result<(), TransportError> {
        Err(TransportError::not_offered())
    }
}

/// What the tablet has saved and no stored answer has acknowledged.
#[derive(Default)]
struct Model {
    owed: BTreeMap<RecordId, BTreeSet<String>>,
    seen: BTreeMap<RecordId, String>,
    saves: u64,
}

impl Model {
    fn act(&mut self, tablet: &mut Tablet, office: &Office, act: Act) {
        match act {
            Act::Save(number, sight) => {
                self.saves += 1;
                let value = format!("v{}", self.saves);
                let current = tablet.holds(id(number)).then(|| tablet.seen(id(number)));
                let seen = match sight {
                    Sight::Fresh => current,
                    Sight::Stale => self.seen.get(&id(number)).cloned(),
                    Sight::Nothing => None,
                };
                tablet.save_seeing(id(number), seen.as_deref(), NOTE, &value);
                self.owed.entry(id(number)).or_default().insert(value);
            }
            Act::Look(number) => {
                if tablet.holds(id(number)) {
                    self.seen.insert(id(number), tablet.seen(id(number)));
                }
            }
            Act::Step(fate) => self.step(tablet, office, fate),
            Act::TheyWrite(number) => {
                let mut office = office.locked();
                let held = office.records.get(&id(number)).map_or_else(|| blank(id(number)), |(_, held)| held.clone());
                let value = format!("t{}", office.peers.counter);
                let written = office.peers.writes(&held, "theirs", &value);
                office.put(written);
            }
            Act::Reopen => tablet.reopen("1"),
            Act::Update => tablet.reopen("2"),
        }
        let owing: BTreeSet<RecordId> =
            self.owed.iter().filter(|(_, values)| !values.is_empty()).map(|(id, _)| *id).collect();
        let queued: BTreeSet<RecordId> = tablet.queue().into_iter().collect();
        assert_eq!(queued, owing, "after {act:?} the outbox is not what is owed");
    }

    fn step(&mut self, tablet: &Tablet, office: &Office, fate: Fate) {
        office.locked().fate = fate;
        let result = Syncer::new(tablet.store(), office).and_then(|mut syncer| syncer.step());
        assert!(matches!(result, Ok(_) | Err(SyncError::Unreachable(_))), "{result:?}");
        let mut office = office.locked();
        office.fate = Fate::Carried;
        let Some(kept) = office.arrived.take() else { return };
        for (carried, result) in kept.carried.iter().zip(&kept.results) {
            if result.outcome != Outcome::Rejected {
                let sent = texts(&carried.state, NOTE);
                self.acknowledge(carried.id, &sent);
            }
        }
    }

    /// What the sent state holds is acknowledged, and so is what it had replaced: all that was saved before it.
    fn acknowledge(&mut self, id: RecordId, sent: &[String]) {
        let number = |value: &str| value[1..].parse::<u64>().expect("a value of this test");
        let newest = sent.iter().map(|value| number(value)).max().unwrap_or(0);
        if let Some(owed) = self.owed.get_mut(&id) {
            owed.retain(|value| number(value) > newest);
        }
    }
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        5 => Just(Fate::Carried),
        1 => Just(Fate::RequestLost),
        2 => Just(Fate::AnswerLost),
        1 => Just(Fate::OneRejected),
        1 => Just(Fate::Forked),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    let sight = prop_oneof![Just(Sight::Fresh), Just(Sight::Stale), Just(Sight::Nothing)];
    prop_oneof![
        4 => (1..=RECORDS, sight).prop_map(|(number, sight)| Act::Save(number, sight)),
        2 => (1..=RECORDS).prop_map(Act::Look),
        8 => fate().prop_map(Act::Step),
        2 => (1..=RECORDS).prop_map(Act::TheyWrite),
        1 => Just(Act::Reopen),
        1 => Just(Act::Update),
    ]
}

/// Lives through the acts, then lets everything go out and come in, and compares both sides.
fn live(acts: &[Act]) {
    let mut tablet = Tablet::enrolled();
    let (office, mut model) = (Arc::new(Office::default()), Model::default());
    for act in acts {
        model.act(&mut tablet, &office, *act);
    }
    tablet.store().retry_rejected().expect("the store writes");
    for _ in 0..200 {
        model.act(&mut tablet, &office, Act::Step(Fate::Carried));
    }
    assert!(tablet.queue().is_empty(), "the queue never empties: {:?}", tablet.queue());
    let office = office.locked();
    for (_, held) in office.records.values() {
        assert_eq!(tablet.state(held.id), held.state, "the two sides differ");
    }
    assert_eq!(model.owed.keys().filter(|id| !office.records.contains_key(id)).count(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn everything_owed_is_acknowledged_or_in_the_outbox(acts in vec(act(), 1..60)) {
        live(&acts);
    }
}
