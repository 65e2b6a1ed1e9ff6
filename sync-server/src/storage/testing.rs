//! Stores for tests: on SQLite, or in a database of their own on the PostgreSQL that `ROUNDS_TEST_DATABASE` names.

// A socket in a folder.
#[cfg(unix)]
pub(crate) mod road;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use super::postgres::{self, Identity, PostgresStorage};
use super::sqlite::{self, SqliteStorage};
use super::{ReadTxn, Result, Storage, WriteTxn};

/// The address of a database whose owner may make others; nothing where tests run on SQLite.
pub(crate) fn server() -> Option<String> {
    std::env::var("ROUNDS_TEST_DATABASE").ok().filter(|url| !url.is_empty())
}

/// An empty store.
pub(crate) fn store() -> Arc<dyn Storage> {
    match server() {
        Some(_) => Arc::new(Scratch::new().open()),
        None => Arc::new(SqliteStorage::in_memory().expect("a store")),
    }
}

/// Two ways to one empty store, as two processes have them.
pub(crate) fn two_handles() -> [Arc<dyn Storage>; 2] {
    if server().is_some() {
        let scratch = Scratch::new();
        return [Arc::new(scratch.open()), Arc::new(scratch.open())];
    }
    let folder = Arc::new(tempfile::tempdir().expect("a folder"));
    let path = sqlite::store_path(folder.path());
    let open = || -> Arc<dyn Storage> {
        Arc::new(Kept { storage: sqlite::create(&path).expect("a store"), _until_dropped: folder.clone() })
    };
    [open(), open()]
}

/// A store, and what has to stay there as long as it.
pub(crate) struct Kept<S, K> {
    pub(crate) storage: S,
    _until_dropped: Arc<K>,
}

impl<S: Storage, K: Send + Sync> Storage for Kept<S, K> {
    fn read(&self) -> Result<Box<dyn ReadTxn + '_>> {
        self.storage.read()
    }

    fn write(&self, organisation: Uuid) -> Result<Box<dyn WriteTxn + '_>> {
        self.storage.write(organisation)
    }

    fn writers(&self) -> usize {
        self.storage.writers()
    }

    fn revision(&self) -> Result<i64> {
        self.storage.revision()
    }

    fn beat(&self, at: u64, bytes: usize) -> Result<()> {
        self.storage.beat(at, bytes)
    }

    fn fold_log(&self) -> Result<()> {
        self.storage.fold_log()
    }
}

/// A database that nobody else is in; emptied for the next test when the last store in it goes away.
///
/// One is not dropped, for which the server would write everything that all others have in memory.
#[derive(Clone)]
pub(crate) struct Scratch(Arc<Database>);

struct Database {
    server: String,
    name: String,
}

/// The databases that are empty and in which nobody is.
static EMPTY: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Ends what tests have left open, and takes away what they have made.
const EMPTYING: &str = "do $$ begin perform pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid(); end $$; drop schema if exists rounds cascade";

impl Scratch {
    /// A new database, with nothing in it.
    pub(crate) fn new() -> Self {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let server = server().expect("there is a server");
        let empty = EMPTY.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let name = empty.unwrap_or_else(|| {
            let name = format!("unit_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
            postgres::run(&server, &format!("create database {name}")).expect("a database");
            name
        });
        Self(Arc::new(Database { server, name }))
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        self.0.url()
    }

    /// Runs a statement of an administrator.
    pub(crate) fn run(&self, sql: &str) -> Result<()> {
        postgres::run(&self.url(), sql)
    }

    pub(crate) fn name(&self) -> &str {
        &self.0.name
    }

    /// A store in it, as a further process opens it.
    pub(crate) fn open(&self) -> Kept<PostgresStorage, Self> {
        self.open_at(&self.url())
    }

    /// As [`Scratch::open`], reached another way.
    pub(crate) fn open_at(&self, url: &str) -> Kept<PostgresStorage, Self> {
        let who = Identity { process: Uuid::new_v4(), server: Uuid::new_v4() };
        let storage = postgres::create(url, None, who).expect("a store");
        Kept { storage, _until_dropped: Arc::new(self.clone()) }
    }
}

impl Database {
    fn url(&self) -> String {
        let (before, _) = self.server.rsplit_once('/').expect("an address");
        format!("{before}/{}", self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // One that cannot be emptied is left alone; the whole server goes away when the tests are over.
        if postgres::run(&self.url(), EMPTYING).is_ok() {
            EMPTY.lock().unwrap_or_else(PoisonError::into_inner).push(std::mem::take(&mut self.name));
        }
    }
}
