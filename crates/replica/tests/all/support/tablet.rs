//! A tablet of a test: a store in a folder of its own, with a clock and randomness that the test decides.

use std::path::PathBuf;
use std::sync::Arc;

use causal::{Record, RecordId, ReplicaId, State};
use replica::{BlobId, Identity, Ports, Save, Saved, Store, SyncError, SyncOutcome, Syncer, sync_once};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{NOTE, Script, SeededEntropy, TestClock, enrol_answer, scratch_folder, text, texts};

pub struct Tablet {
    pub clock: TestClock,
    ports: Ports,
    folder: TempDir,
    store: Option<Store>,
}

impl Tablet {
    /// A tablet fresh from the shop, enrolled nowhere.
    pub fn new() -> Self {
        Self::in_folder(scratch_folder())
    }

    /// A tablet over a folder that may hold a store already.
    pub fn in_folder(folder: TempDir) -> Self {
        let clock = TestClock::new();
        let ports = Ports { clock: Arc::new(clock.clone()), entropy: Arc::new(SeededEntropy::new(7)) };
        let store = Store::open(folder.path(), ports.clone(), "1").expect("the store opens");
        Self { clock, ports, folder, store: Some(store) }
    }

    /// A tablet that is enrolled and has read an empty feed.
    pub fn enrolled() -> Self {
        let tablet = Self::new();
        let script = Script::new();
        script.enrols(enrol_answer(1)).echo("0");
        replica::enrol(tablet.store(), &script, "https://office.example", "CODE", "平板").expect("enrolled");
        tablet.sync(&script).expect("an empty feed");
        tablet
    }

    pub fn store(&self) -> &Store {
        self.store.as_ref().expect("the store is open")
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("rounds.sqlite3")
    }

    /// The file with the bytes of a blob.
    pub fn blob_file(&self, blob: BlobId) -> PathBuf {
        let name = blob.to_string();
        self.folder.path().join("blobs").join(&name[..2]).join(name)
    }

    pub fn ports(&self) -> Ports {
        self.ports.clone()
    }

    /// Closes the store and opens it with the app of `version`.
    pub fn reopen(&mut self, version: &str) {
        self.store = None;
        self.store = Some(Store::open(self.folder.path(), self.ports.clone(), version).expect("the store opens"));
    }

    /// A second store on the same folder, as another window has it.
    pub fn another_window(&self) -> Store {
        Store::open(self.folder.path(), self.ports.clone(), "1").expect("the store opens twice")
    }

    /// Closes the store, and gives its folder.
    pub fn leave(mut self) -> TempDir {
        self.store = None;
        self.folder
    }

    /// What a query of one value gives.
    pub fn column<T: rusqlite::types::FromSql>(&self, sql: &str) -> T {
        let connection = Connection::open(self.file()).expect("the file opens");
        connection.query_row(sql, [], |row| row.get(0)).expect("the file gives it")
    }

    pub fn identity(&self) -> Identity {
        self.store().identity().expect("the store reads")
    }

    pub fn replica(&self) -> ReplicaId {
        self.identity().replica
    }

    /// Saves the note of a record as somebody who has seen all of it.
    pub fn save(&self, id: RecordId, value: &str) -> Saved {
        let seen = self.store().get(id).expect("the store reads").map(|reading| reading.version);
        self.save_seeing(id, seen.as_deref(), NOTE, value)
    }

    /// Saves a field of a record as somebody who has seen what they have seen.
    pub fn save_seeing(&self, id: RecordId, seen: Option<&str>, field: &str, value: &str) -> Saved {
        let save = Save {
            id: Some(id),
            kind: "inspection".into(),
            seen: seen.map(str::to_owned),
            set: vec![(field.into(), text(value))],
            ..Save::default()
        };
        self.store().save(save).expect("a save")
    }

    pub fn holds(&self, id: RecordId) -> bool {
        self.store().get(id).expect("the store reads").is_some()
    }

    #[track_caller]
    pub fn record(&self, id: RecordId) -> Record {
        self.store().get(id).expect("the store reads").expect("the record is there").record
    }

    #[track_caller]
    pub fn state(&self, id: RecordId) -> State {
        self.record(id).state
    }

    #[track_caller]
    pub fn seen(&self, id: RecordId) -> String {
        self.store().get(id).expect("the store reads").expect("the record is there").version
    }

    /// What the note of a record holds, in order.
    #[track_caller]
    pub fn notes(&self, id: RecordId) -> Vec<String> {
        texts(&self.state(id), NOTE)
    }

    /// What waits to be sent, oldest first, rejected records included.
    pub fn queue(&self) -> Vec<RecordId> {
        self.store().queue(1_000).expect("the store reads").iter().map(|entry| entry.id).collect()
    }

    pub fn rejected(&self) -> Vec<RecordId> {
        let queue = self.store().queue(1_000).expect("the store reads");
        queue.iter().filter(|entry| entry.rejected.is_some()).map(|entry| entry.id).collect()
    }

    /// Runs one exchange.
    pub fn sync(&self, script: &Script) -> Result<SyncOutcome, SyncError> {
        sync_once(self.store(), script)
    }

    /// Takes the next step of an exchange; false when there is none.
    pub fn step(&self, script: &Script) -> Result<bool, SyncError> {
        Syncer::new(self.store(), script)?.step()
    }

    /// Saves a record, and has the server take it.
    pub fn save_and_sync(&self, id: RecordId, value: &str) -> Saved {
        let saved = self.save(id, value);
        let script = Script::new();
        script.takes().echo(&format!("after {value}"));
        self.sync(&script).expect("an exchange without faults");
        saved
    }

    /// Reaches into the file past the store, to make a write fail or a row old.
    pub fn tamper(&self, sql: &str) {
        let connection = Connection::open(self.file()).expect("the file opens");
        connection.execute_batch(sql).expect("the file takes it");
    }
}
