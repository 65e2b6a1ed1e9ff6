//! A server in memory, and devices that push to it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use causal::{Dot, Record, RecordId, ReplicaId, Seen, Stamp, State, Value};
use uuid::Uuid;
use wire::{EnrolRequest, Outcome, PullAnswer, PushAnswer, PushHead, RecordsWriter};

use crate::blobs::MemoryBlobs;
use crate::service::enrol::{Invitation, invite};
use crate::service::{Clock, Hub, PreparedPush, PullOutcome, PushRefusal, Random, random_uuid};
use crate::storage::{DeviceRow, OrganisationRow, Preset, Role, Storage, testing};

/// A clock that stands still unless it is moved.
#[derive(Debug, Default)]
pub(super) struct HandClock(pub(super) AtomicU64);

impl Clock for HandClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Randomness that repeats in each run.
#[derive(Debug, Default)]
pub(super) struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let next = self.0.fetch_add(1, Ordering::SeqCst) + 1;
            let mixed = next.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            chunk.copy_from_slice(&mixed.to_be_bytes()[..chunk.len()]);
        }
    }
}

/// A hub over a store with one organisation.
pub(super) struct Server {
    pub(super) storage: Arc<dyn Storage>,
    pub(super) blobs: Arc<MemoryBlobs>,
    pub(super) clock: Arc<HandClock>,
    pub(super) random: Arc<Counting>,
    pub(super) hub: Hub,
    pub(super) organisation: Uuid,
}

impl Server {
    pub(super) fn new() -> Self {
        Self::over(testing::store(), Arc::default())
    }

    /// A server process over `storage`, with an organisation of its own.
    pub(super) fn over(storage: Arc<dyn Storage>, random: Arc<Counting>) -> Self {
        let organisation = random_uuid(&*random);
        let row = OrganisationRow {
            id: organisation,
            name: "实验小学".to_owned(),
            preset: Preset::School,
            epoch: random_uuid(&*random),
            last_seq: 0,
            refill_from: None,
        };
        let mut txn = storage.write(organisation).expect("a transaction");
        txn.insert_organisation(&row).expect("an organisation");
        txn.commit().expect("a commit");
        Self::start(storage, random, organisation)
    }

    /// A further start of a server process over the same store.
    pub(super) fn start(storage: Arc<dyn Storage>, random: Arc<Counting>, organisation: Uuid) -> Self {
        let blobs = Arc::new(MemoryBlobs::default());
        let clock = Arc::new(HandClock(AtomicU64::new(1_000)));
        let hub = Hub::start(storage.clone(), blobs.clone(), clock.clone(), random.clone()).expect("a thread");
        Self { storage, blobs, clock, random, hub, organisation }
    }

    pub(super) fn row(&self) -> OrganisationRow {
        let txn = self.storage.read().expect("a transaction");
        txn.organisation(self.organisation).expect("works").expect("is there")
    }

    pub(super) fn epoch(&self) -> String {
        self.row().epoch.to_string()
    }

    pub(super) fn last_seq(&self) -> u64 {
        self.row().last_seq
    }

    pub(super) fn code(&self, role: Role, scopes: Option<&[Uuid]>) -> String {
        let invitation = Invitation { role, scopes: scopes.map(<[Uuid]>::to_vec), expires_at: 5_000 };
        let mut txn = self.storage.write(self.organisation).expect("a transaction");
        let code = invite(&mut *txn, &*self.random, self.organisation, &invitation).expect("a code");
        txn.commit().expect("a commit");
        code
    }

    pub(super) fn enrol(&self, role: Role, scopes: Option<&[Uuid]>) -> Device {
        let replica = random_uuid(&*self.random);
        let request =
            EnrolRequest { code: self.code(role, scopes), device_name: "平板".to_owned(), replica, replaces: None };
        let answer = self.hub.enrol_blocking(request).expect("the store works").expect("the code is good");
        let row = self.hub.authenticate(&answer.token).expect("the store works").expect("the token is good");
        Device { row, replica: ReplicaId(replica), epoch: answer.epoch, number: 0, previous: None }
    }

    pub(super) fn tablet(&self) -> Device {
        self.enrol(Role::Tablet, None)
    }

    pub(super) fn office(&self) -> Device {
        self.enrol(Role::Office, None)
    }

    pub(super) fn stored(&self, id: u128) -> Option<Record> {
        let txn = self.storage.read().expect("a transaction");
        txn.record(self.organisation, rid(id)).expect("works").map(|stored| stored.record)
    }

    /// What `restore` does to each organisation.
    pub(super) fn restore(&self) {
        let mut txn = self.storage.write(self.organisation).expect("a transaction");
        txn.begin_epoch(self.organisation, random_uuid(&*self.random)).expect("an epoch");
        let last_seq = txn.organisation(self.organisation).expect("works").expect("is there").last_seq;
        txn.set_refill(self.organisation, Some(last_seq)).expect("a refill");
        txn.commit().expect("a commit");
    }
}

/// One enrolled device, and its end of the push chain.
#[derive(Clone)]
pub(super) struct Device {
    pub(super) row: DeviceRow,
    pub(super) replica: ReplicaId,
    pub(super) epoch: String,
    pub(super) number: u64,
    pub(super) previous: Option<String>,
}

impl Device {
    /// The body of the next push.
    pub(super) fn body(&self, records: &[Record]) -> Vec<u8> {
        let mut writer = RecordsWriter::new();
        records.iter().for_each(|record| writer.push(record));
        let head = PushHead {
            epoch: self.epoch.clone(),
            replica: self.replica,
            number: self.number + 1,
            previous: self.previous.clone(),
        };
        wire::encode_push_request(&head, writer)
    }

    /// Sends a body as it is, and gives the bytes of the answer.
    pub(super) fn send(&self, server: &Server, body: &[u8]) -> Result<Vec<u8>, PushRefusal> {
        let push = PreparedPush::decode(body).expect("the shape is right");
        server.hub.push_blocking(&self.row, push).expect("the store works")
    }

    /// The next push.
    pub(super) fn try_push(&mut self, server: &Server, records: &[Record]) -> Result<PushAnswer, PushRefusal> {
        let body = self.body(records);
        let answer = self.send(server, &body)?;
        self.number += 1;
        self.previous = Some(wire::digest(&body).to_string());
        Ok(PushAnswer::decode(&answer).expect("the answer is one"))
    }

    pub(super) fn push(&mut self, server: &Server, records: &[Record]) -> PushAnswer {
        self.try_push(server, records).expect("the push is taken")
    }

    /// Pushes one record, and gives `merged`, `unchanged`, or the slug of why not.
    pub(super) fn outcome(&mut self, server: &Server, record: &Record) -> &'static str {
        let result = self.push(server, std::slice::from_ref(record)).results.remove(0);
        match result.outcome {
            Outcome::Merged => "merged",
            Outcome::Unchanged => "unchanged",
            _ => result.problem.and_then(|problem| problem.kind()).expect("a problem of ours").slug(),
        }
    }

    pub(super) fn try_pull(&self, server: &Server, after: Option<&str>, limit: u64) -> PullOutcome {
        server.hub.pull(&self.row, after, limit).expect("the store works")
    }

    pub(super) fn pull(&self, server: &Server, after: Option<&str>, limit: u64) -> PullAnswer {
        match self.try_pull(server, after, limit) {
            PullOutcome::Page(body) => PullAnswer::decode(&body).expect("the page is one"),
            refused => panic!("the pull was refused: {refused:?}"),
        }
    }

    /// Goes on as if under a new replica id.
    pub(super) fn rename(&mut self, server: &Server) {
        self.replica = ReplicaId(random_uuid(&*server.random));
        self.epoch = server.epoch();
        self.number = 0;
        self.previous = None;
    }
}

pub(super) fn rid(id: u128) -> RecordId {
    RecordId(Uuid::from_u128(id))
}

/// A record that nobody has written yet.
pub(super) fn record(id: u128, kind: &str, scope: Option<Uuid>) -> Record {
    Record { id: rid(id), kind: kind.into(), scope, state: State::new() }
}

/// Saves `value` into `field`, by somebody who has seen all of the record.
pub(super) fn save(record: &mut Record, replica: ReplicaId, counter: u64, field: &str, value: &str) {
    save_unseen(record, replica, counter, field, value, &record.state.version().clone().into());
}

/// Saves by somebody who has seen `seen`.
pub(super) fn save_unseen(
    record: &mut Record,
    replica: ReplicaId,
    counter: u64,
    field: &str,
    value: &str,
    seen: &Seen,
) {
    write(record, Dot::new(replica, counter), field, value, seen, "王芳");
}

/// Saves by `person`, who has seen all.
pub(super) fn save_by(record: &mut Record, replica: ReplicaId, counter: u64, field: &str, value: &str, person: &str) {
    write(record, Dot::new(replica, counter), field, value, &record.state.version().clone().into(), person);
}

fn write(record: &mut Record, dot: Dot, field: &str, value: &str, seen: &Seen, person: &str) {
    let stamp = Stamp { at: 100 + dot.counter, by: Some(person.into()) };
    let set = [(field.into(), Value::from_json(&value.into()))];
    record.state.save(dot, stamp, seen, set).expect("the save is one");
}

/// A finding with one write.
pub(super) fn finding(id: u128, replica: ReplicaId, counter: u64, title: &str) -> Record {
    let mut record = record(id, "finding", None);
    save(&mut record, replica, counter, "title", title);
    record
}
