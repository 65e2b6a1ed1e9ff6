//! What the tests share: a tablet, a scripted server, and other people's writes.

mod script;
mod tablet;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use causal::{Dot, Record, RecordId, ReplicaId, Seen, Stamp, State, Value};
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use replica::{Clock, Entropy};
use tempfile::TempDir;
use uuid::Uuid;
use wire::{EnrolAnswer, Organisation};

pub use script::{Answer, Call, Page, Script, Sent};
pub use tablet::Tablet;

/// The epoch of the server that tablets are enrolled with.
pub const EPOCH: &str = "e0000000-0000-4000-8000-000000000001";
/// The epoch of a server that was restored.
pub const NEXT_EPOCH: &str = "e0000000-0000-4000-8000-000000000002";
/// The field that most tests write.
pub const NOTE: &str = "note";
/// The moment at which every test begins.
pub const START_MS: u64 = 1_763_850_000_000;

/// The record number `number`.
pub fn id(number: u128) -> RecordId {
    RecordId(Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + number))
}

/// A JSON string.
pub fn text(value: &str) -> Value {
    Value::from(serde_json::json!(value))
}

/// A clock that the test moves.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<AtomicU64>);

impl TestClock {
    pub fn new() -> Self {
        Self(Arc::new(AtomicU64::new(START_MS)))
    }

    pub fn advance(&self, milliseconds: u64) {
        self.0.fetch_add(milliseconds, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Randomness that a seed decides.
#[derive(Clone, Debug)]
pub struct SeededEntropy(Arc<Mutex<StdRng>>);

impl SeededEntropy {
    pub fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}

/// A folder that is gone at the end of the test; in memory where the system has such a place.
pub fn scratch_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.or_else(|_| TempDir::new()).expect("a test needs a folder to work in")
}

/// What a server of the organisation `number` answers to a good code.
pub fn enrol_answer(number: u128) -> EnrolAnswer {
    EnrolAnswer {
        token: format!("token-{number}"),
        device: Uuid::from_u128(0xd000 + number),
        organisation: Organisation { id: Uuid::from_u128(0x0a00 + number), name: format!("园 {number}") },
        scopes: None,
        epoch: EPOCH.into(),
        role: Some("tablet".into()),
    }
}

/// A record that nobody has written to.
pub fn blank(id: RecordId) -> Record {
    Record { id, kind: "inspection".into(), scope: None, state: State::new() }
}

/// Somebody whose writes come from outside: another tablet, or a twin of this one.
#[derive(Clone, Debug)]
pub struct Peer {
    pub replica: ReplicaId,
    pub counter: u64,
}

impl Peer {
    /// Another tablet.
    pub fn new(number: u128) -> Self {
        Self { replica: ReplicaId(Uuid::from_u128(0xbeef_0000_0000 + number)), counter: 0 }
    }

    /// A store that goes on from where `tablet` is, under the same replica id.
    pub fn twin_of(tablet: &Tablet) -> Self {
        let identity = tablet.store().identity().expect("the store reads");
        Self { replica: identity.replica, counter: identity.counter }
    }

    /// Writes a field of `record` after having seen all of it; gives the new state.
    pub fn writes(&mut self, record: &Record, field: &str, value: &str) -> Record {
        self.writes_seeing(&Seen::from(record.state.version().clone()), record, field, value)
    }

    /// Writes a field of `record` after having seen `seen`; gives the new state.
    pub fn writes_seeing(&mut self, seen: &Seen, record: &Record, field: &str, value: &str) -> Record {
        self.counter += 1;
        let mut record = record.clone();
        let stamp = Stamp { at: START_MS + self.counter, by: None };
        let set = [(Arc::from(field), text(value))];
        record.state.save(Dot::new(self.replica, self.counter), stamp, seen, set).expect("a new counter and a field");
        record
    }
}

/// The texts that a field of a state holds, in order.
pub fn texts(state: &State, field: &str) -> Vec<String> {
    let mut texts: Vec<String> =
        state.siblings(field).filter_map(|sibling| sibling.value.to_json().as_str().map(str::to_owned)).collect();
    texts.sort();
    texts
}
