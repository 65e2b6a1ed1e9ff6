//! The world: a server, tablets, and everything that can happen to them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::App;
use causal::{RecordId, State};
use replica::{Ports, Save, Store, SyncError, Syncer};
use rounds_tests::{Fault, FaultyTransport, HubTransport, SeededEntropy, TestClock, copy_folder, scratch_folder};
use sync_server::Hub;
use sync_server::blobs::{FileBlobs, blob_folder};
use sync_server::service::enrol::{Invitation, invite};
use sync_server::service::random_uuid;
use sync_server::storage::sqlite;
use sync_server::storage::{OrganisationRow, Preset, Role, Storage};
use tempfile::TempDir;
use uuid::Uuid;

use crate::ledger::{Ledger, Token, live_tokens};

/// What somebody once read, and may save from later.
#[derive(Clone, Debug)]
pub(crate) struct Memory {
    pub(crate) record: RecordId,
    pub(crate) seen: Option<String>,
    pub(crate) values: BTreeMap<String, BTreeSet<Token>>,
}

pub(crate) struct Tablet {
    folder: PathBuf,
    ports: Ports,
    store: Option<Store>,
    /// Forms that are open.
    pub(crate) memories: Vec<Memory>,
    copy: Option<PathBuf>,
}

pub(crate) struct World {
    folder: TempDir,
    entropy: SeededEntropy,
    pub(crate) clock: TestClock,
    organisation: Uuid,
    hub: Option<Hub>,
    network: Option<FaultyTransport<HubTransport>>,
    pub(crate) tablets: Vec<Tablet>,
    pub(crate) records: Vec<RecordId>,
    pub(crate) ledger: Ledger,
    folders: u64,
    has_server_copy: bool,
}

const START_MS: u64 = 1_763_850_000_000;
pub(crate) const FIELDS: [&str; 2] = ["note", "answers/T01.05/note"];

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let folder = scratch_folder();
        let entropy = SeededEntropy::new(seed);
        let clock = TestClock::new(START_MS);
        std::fs::create_dir(folder.path().join("server")).expect("a folder");
        let storage = sqlite::create(&server_file(folder.path())).expect("a store");
        let organisation = random_uuid(&entropy);
        let mut txn = storage.write(organisation).expect("a transaction");
        txn.insert_organisation(&OrganisationRow {
            id: organisation,
            name: "园".into(),
            preset: Preset::Kindergarten,
            epoch: random_uuid(&entropy),
            last_seq: 0,
            refill_from: None,
        })
        .expect("an organisation");
        txn.commit().expect("committed");
        drop(storage);
        let mut world = Self {
            folder,
            entropy,
            clock,
            organisation,
            hub: None,
            network: None,
            tablets: Vec::new(),
            records: Vec::new(),
            ledger: Ledger::default(),
            folders: 0,
            has_server_copy: false,
        };
        world.start_server();
        world
    }

    fn server_folder(&self) -> PathBuf {
        self.folder.path().join("server")
    }

    pub(crate) fn start_server(&mut self) {
        let storage = sqlite::open(&server_file(self.folder.path())).expect("the store opens");
        let blobs = Arc::new(FileBlobs::new(blob_folder(&self.server_folder())));
        let (clock, random) = (Arc::new(self.clock.clone()), Arc::new(self.entropy.clone()));
        let hub = Hub::start(Arc::new(storage), blobs, clock, random).expect("a hub");
        self.network = Some(FaultyTransport::new(HubTransport::new(hub.clone())));
        self.hub = Some(hub);
    }

    pub(crate) fn stop_server(&mut self) {
        self.network = None;
        self.hub = None;
    }

    pub(crate) fn network(&self) -> &FaultyTransport<HubTransport> {
        self.network.as_ref().expect("the server runs")
    }

    fn new_folder(&mut self) -> PathBuf {
        self.folders += 1;
        self.folder.path().join(format!("tablet-{}", self.folders))
    }

    /// A tablet fresh from the shop, with its clock wrong by `skew_ms`.
    pub(crate) fn add_tablet(&mut self, skew_ms: i64) -> usize {
        self.add_device(skew_ms, Role::Tablet)
    }

    /// A device of the office, which writes what tablets may not.
    pub(crate) fn add_office(&mut self) -> usize {
        self.add_device(0, Role::Office)
    }

    fn add_device(&mut self, skew_ms: i64, role: Role) -> usize {
        let folder = self.new_folder();
        let ports = Ports { clock: Arc::new(self.clock.skewed(skew_ms)), entropy: Arc::new(self.entropy.clone()) };
        let store = Store::open(&folder, ports.clone(), "1").expect("a store");
        let storage = sqlite::open(&server_file(self.folder.path())).expect("the store opens");
        let mut txn = storage.write(self.organisation).expect("a transaction");
        let invitation = Invitation { role, expires_at: u64::MAX >> 12, ..Invitation::default() };
        let code = invite(&mut *txn, &self.entropy, self.organisation, &invitation).expect("a code");
        txn.commit().expect("committed");
        replica::enrol(&store, self.network(), "http://127.0.0.1", &code, "平板").expect("enrolled");
        self.tablets.push(Tablet { folder, ports, store: Some(store), memories: Vec::new(), copy: None });
        self.tablets.len() - 1
    }

    pub(crate) fn store(&self, tablet: usize) -> &Store {
        self.tablets[tablet].store.as_ref().expect("the store is open")
    }

    /// The commands over the store of a tablet, in somebody's hands.
    pub(crate) fn app(&self, tablet: usize, person: Option<&str>) -> App {
        let held = &self.tablets[tablet];
        App::open(&held.folder, held.ports.clone(), person.map(Arc::from)).expect("the store opens")
    }

    /// Closes and opens the store, as a crash between two steps does.
    pub(crate) fn crash(&mut self, tablet: usize) {
        let held = &mut self.tablets[tablet];
        held.store = None;
        held.store = Some(Store::open(&held.folder, held.ports.clone(), "1").expect("the store opens"));
    }

    /// A second tablet with a copy of this one's store.
    pub(crate) fn clone_tablet(&mut self, tablet: usize) -> usize {
        let folder = self.new_folder();
        self.tablets[tablet].store = None;
        copy_folder(&self.tablets[tablet].folder, &folder);
        self.crash(tablet);
        let held = &self.tablets[tablet];
        let (ports, memories) = (held.ports.clone(), held.memories.clone());
        let store = Some(Store::open(&folder, ports.clone(), "1").expect("the store opens"));
        self.tablets.push(Tablet { folder, ports, store, memories, copy: None });
        self.tablets.len() - 1
    }

    /// Keeps a copy of the tablet's store aside.
    pub(crate) fn copy_tablet(&mut self, tablet: usize) {
        let folder = self.new_folder();
        self.tablets[tablet].store = None;
        copy_folder(&self.tablets[tablet].folder, &folder);
        self.crash(tablet);
        self.tablets[tablet].copy = Some(folder);
    }

    /// Puts the copy back: what was saved since is gone, unless it is elsewhere.
    pub(crate) fn restore_tablet(&mut self, tablet: usize) {
        let Some(copy) = self.tablets[tablet].copy.clone() else { return };
        self.expect_nothing_lost();
        self.tablets[tablet].store = None;
        self.tablets[tablet].memories.clear();
        copy_folder(&copy, &self.tablets[tablet].folder);
        self.crash(tablet);
        self.forget_what_no_disk_holds();
    }

    /// Copies the server's folder while it is stopped.
    pub(crate) fn copy_server(&mut self) {
        self.stop_server();
        copy_folder(&self.server_folder(), &self.folder.path().join("server-copy"));
        self.start_server();
        self.has_server_copy = true;
    }

    /// Puts the copied folder back, and says nothing to anybody.
    pub(crate) fn put_server_back(&mut self, says_so: bool) {
        if !self.has_server_copy {
            return;
        }
        self.expect_nothing_lost();
        self.stop_server();
        copy_folder(&self.folder.path().join("server-copy"), &self.server_folder());
        if says_so {
            let storage = sqlite::open(&server_file(self.folder.path())).expect("the store opens");
            let mut txn = storage.write(self.organisation).expect("a transaction");
            txn.begin_epoch(self.organisation, random_uuid(&self.entropy)).expect("an epoch");
            txn.commit().expect("committed");
        }
        self.start_server();
        self.forget_what_no_disk_holds();
    }

    /// A person opens a record: what they read goes into their memory.
    pub(crate) fn read(&mut self, tablet: usize, record: RecordId) -> Memory {
        let reading = self.store(tablet).get(record).expect("the store reads");
        let values =
            |state: &State| FIELDS.iter().map(|field| ((*field).to_owned(), live_tokens(state, field))).collect();
        let memory = Memory {
            record,
            values: reading.as_ref().map(|reading| values(&reading.record.state)).unwrap_or_default(),
            seen: reading.map(|reading| reading.version),
        };
        self.tablets[tablet].memories.push(memory.clone());
        memory
    }

    /// A person saves one field from what they remember, and remembers their own write.
    pub(crate) fn save(&mut self, tablet: usize, memory: &mut Memory, field: &str) {
        let token = self.ledger.new_token();
        let seen = memory.values.get(field).cloned().unwrap_or_default();
        let save = Save {
            id: Some(memory.record),
            kind: "inspection".into(),
            seen: memory.seen.clone(),
            set: vec![(field.into(), causal::Value::from(serde_json::json!(token)))],
            ..Save::default()
        };
        let saved = self.store(tablet).save(save).expect("a save");
        self.ledger.note(&token, memory.record, field, seen);
        memory.values.entry(field.into()).or_default().insert(token);
        memory.seen = Some(saved.version);
    }

    /// One step of an exchange; false when there is none to take.
    pub(crate) fn step(&self, tablet: usize, fault: Fault) -> Result<bool, SyncError> {
        self.network().set(fault);
        let result = Syncer::new(self.store(tablet), self.network()).and_then(|mut syncer| syncer.step());
        self.network().set(Fault::None);
        result
    }

    /// An exchange without faults.
    pub(crate) fn sync(&self, tablet: usize) -> (u64, u64) {
        let outcome = Syncer::new(self.store(tablet), self.network()).and_then(|mut syncer| syncer.run());
        let outcome = outcome.unwrap_or_else(|error| panic!("tablet {tablet}: {error}"));
        (outcome.pushed, outcome.pulled)
    }

    /// Syncs everybody until nothing moves.
    pub(crate) fn settle(&self) {
        let mut rounds = 0;
        loop {
            let moved: u64 = (0..self.tablets.len()).map(|tablet| self.sync(tablet)).map(|(up, down)| up + down).sum();
            rounds += 1;
            if moved == 0 {
                break;
            }
            assert!(rounds < 20, "the tablets never come to rest");
        }
    }

    /// Syncs everybody until nothing moves, then judges every tablet.
    pub(crate) fn settle_and_judge(&self) {
        self.settle();
        let reference = self.states(0);
        for tablet in 0..self.tablets.len() {
            let (pending, rejected) = self.store(tablet).queue_counts().expect("the store reads");
            assert_eq!((pending, rejected), (0, 0), "tablet {tablet} still owes: {:?}", self.store(tablet).queue(9));
            let states = self.states(tablet);
            assert_eq!(states, reference, "tablets 0 and {tablet} differ");
            self.ledger.judge(&states).unwrap_or_else(|lost| panic!("tablet {tablet}: {lost}"));
        }
    }

    fn states(&self, tablet: usize) -> BTreeMap<RecordId, State> {
        let readings = self.store(tablet).list("inspection", None, 10_000).expect("the store reads");
        readings.into_iter().map(|reading| (reading.record.id, reading.record.state)).collect()
    }

    /// All values that any disk holds: tablets and server.
    fn live_anywhere(&self) -> BTreeSet<Token> {
        let mut live = BTreeSet::new();
        for tablet in 0..self.tablets.len() {
            for state in self.states(tablet).values() {
                live.extend(FIELDS.iter().flat_map(|field| live_tokens(state, field)));
            }
        }
        let storage = sqlite::open(&server_file(self.folder.path())).expect("the store opens");
        let txn = storage.read().expect("a transaction");
        for record in &self.records {
            if let Some(stored) = txn.record(self.organisation, *record).expect("it reads") {
                live.extend(FIELDS.iter().flat_map(|field| live_tokens(&stored.record.state, field)));
            }
        }
        live
    }

    fn expect_nothing_lost(&self) {
        let lost = self.ledger.unaccounted(&self.live_anywhere());
        assert!(lost.is_empty(), "lost before any disk was: {lost:?}");
    }

    fn forget_what_no_disk_holds(&mut self) {
        let lost = self.ledger.unaccounted(&self.live_anywhere());
        self.ledger.forget(&lost);
    }

    pub(crate) fn new_record(&mut self) -> RecordId {
        let id = RecordId(random_uuid(&self.entropy));
        self.records.push(id);
        id
    }
}

fn server_file(folder: &Path) -> PathBuf {
    sqlite::store_path(&folder.join("server"))
}
