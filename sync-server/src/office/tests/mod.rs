//! The office in one process, with a clock that a test moves.

mod children;
mod exports;
mod nights;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::{App, Beginning};
use causal::RecordId;
use domain::role::Role;
use domain::template::CampusKind;
use serde_json::{Value, json};
use uuid::Uuid;

use super::replica::OfficeReplica;
use crate::blobs::{BlobStore, MemoryBlobs};
use crate::service::{Clock, Hub, OsRandom};
use crate::storage::sqlite::SqliteStorage;
use crate::storage::{OrganisationRow, Preset, Storage};

/// Eight in the morning of the first day of school, 2026-09-01.
const START_MS: u64 = 1_788_220_800_000;
const DAY_MS: u64 = 86_400_000;
const ORGANISATION: Uuid = Uuid::from_u128(1);
const HEAD: Uuid = Uuid::from_u128(2);

struct TestClock(AtomicU64);

impl Clock for TestClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A school with a head, and the office's replica of it.
struct School {
    clock: Arc<TestClock>,
    blobs: Arc<MemoryBlobs>,
    hub: Hub,
    replica: Arc<OfficeReplica>,
    folder: tempfile::TempDir,
}

impl School {
    fn new() -> Self {
        let storage = SqliteStorage::in_memory().expect("a store");
        let organisation = OrganisationRow {
            id: ORGANISATION,
            name: "实验小学".to_owned(),
            preset: Preset::School,
            epoch: Uuid::from_u128(7),
            last_seq: 0,
            refill_from: None,
        };
        let mut txn = storage.write(ORGANISATION).expect("a transaction");
        txn.insert_organisation(&organisation).expect("an organisation");
        txn.commit().expect("a commit");
        let clock = Arc::new(TestClock(AtomicU64::new(START_MS)));
        let blobs = Arc::new(MemoryBlobs::default());
        let hub = Hub::start(Arc::new(storage), blobs.clone(), clock.clone(), Arc::new(OsRandom)).expect("a hub");
        let folder = tempfile::tempdir().expect("a folder");
        let replica = OfficeReplica::open(&hub, folder.path(), ORGANISATION).expect("a replica");
        let beginning = Beginning {
            campus: Some(("东校区".to_owned(), CampusKind::School)),
            person: HEAD,
            name: "王校长".to_owned(),
            roles: vec![Role::Head, Role::Logi],
        };
        replica.app.begin(&beginning).expect("a school");
        let school = Self { clock, blobs, hub, replica, folder };
        school.deliver();
        school
    }

    fn head(&self) -> App {
        self.replica.app.acting_as(Some(HEAD.to_string().into()))
    }

    /// A command of the head, whose saves are at the hub when it is answered.
    #[track_caller]
    fn call(&self, name: &str, arguments: Value) -> Value {
        let answer = self.head().dispatch(name, &arguments.to_string()).expect("it is done");
        self.deliver();
        serde_json::from_str(&answer).expect("JSON")
    }

    #[track_caller]
    fn refusal(&self, name: &str, arguments: Value) -> &'static str {
        self.head().dispatch(name, &arguments.to_string()).expect_err("it is refused").code()
    }

    fn deliver(&self) {
        self.replica.deliver().expect("the hub takes it");
    }

    fn wait_days(&self, days: u64) {
        self.clock.0.fetch_add(days * DAY_MS, Ordering::SeqCst);
    }

    /// So many days of a school, with a night in each quarter of them; how many records went.
    fn days_pass(&self, mut days: u64) -> usize {
        let mut purged = self.replica.run_night().expect("a night");
        while days > 0 {
            let some = days.min(80);
            self.wait_days(some);
            days -= some;
            purged += self.replica.run_night().expect("a night");
        }
        purged
    }

    /// Whether the hub holds values of a record.
    fn holds(&self, id: Uuid) -> bool {
        !self.hub.with_values(ORGANISATION, &[RecordId(id)]).expect("the hub reads").is_empty()
    }

    /// A cook with a phone number, who has a certificate with a scan: the person, the certificate, the photo.
    fn cook(&self) -> (Uuid, Uuid, replica::BlobId) {
        let campus = self.call("campus.list", json!({}))["campuses"][0]["id"].clone();
        let added = self
            .call("person.add", json!({"name": "赵厨", "phone": "13800001234", "roles": ["cook"], "campus": campus}));
        let scan = b"\xff\xd8\xff\xda\x00\x08\x01\x01\0\0\0\0a scan\xff\xd9";
        let photo: replica::BlobId = self.head().put_photo(scan).expect("room").blob.parse().expect("an id");
        let set = json!({
            "person": added["id"], "no": "HZ-778899", "issued_on": "2026-08-01", "valid_to": "2027-07-31",
            "issuer": "疾控中心",
            "scan": [{"blob": photo.to_string(), "mime": "image/jpeg", "size": 6, "taken_at": START_MS, "source": "camera"}],
        });
        let saved = self.call("entry.save", json!({"kind": "health_certificate", "set": set, "late_reason": "补"}));
        (uuid(&added["id"]), uuid(&saved["id"]), photo)
    }

    fn has_photo(&self, id: replica::BlobId) -> bool {
        self.blobs.size(ORGANISATION, id).expect("the place works").is_some()
    }
}

fn uuid(value: &Value) -> Uuid {
    value.as_str().expect("a text").parse().expect("an id")
}
