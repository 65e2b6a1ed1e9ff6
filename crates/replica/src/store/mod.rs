//! The local store: one SQLite file that holds everything a person saved on this device.
//!
//! Invariant: a save is one transaction (counter, record, outbox, search) and one fsync; what it returned is on disk.
//! Several processes may have one store open; SQLite's lock makes their transactions one after another.

mod derive;
mod error;
mod exchange;
mod identity;
mod outbox;
mod query;
mod records;
mod report;
mod save;
mod schema;
mod search;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use uuid::Uuid;

pub use error::StoreError;
pub(crate) use exchange::{Frozen, Incoming, Settled};
pub use identity::Identity;
pub use outbox::QueueEntry;
pub use query::{Found, Listing, Order, Place, Reading};
pub use report::{Enrolment, SyncReport};
pub use save::{Save, Saved};

use crate::Ports;
use crate::ports::next_uuid_v7;

/// The name of the file inside the store's folder.
const FILE: &str = "rounds.sqlite3";

/// An open local store.
pub struct Store {
    folder: PathBuf,
    ports: Ports,
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
    last_id: Mutex<Uuid>,
}

impl Store {
    /// Opens the store in `folder`, and makes a new one where there is none.
    ///
    /// `app_version` names the build; when it differs from the one that opened the store before, records that the server
    /// had rejected are tried again.
    ///
    /// # Errors
    /// [`StoreError::Newer`], [`StoreError::NotAStore`] and [`StoreError::Damaged`] for files that cannot be opened;
    /// nothing is changed then.
    pub fn open(folder: &Path, ports: Ports, app_version: &str) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)?;
        let file = folder.join(FILE);
        let opening = schema::lock_opening(folder)?;
        let mut writer = schema::open_writer(&file)?;
        let txn = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        identity::ensure(&txn, &ports, app_version)?;
        txn.commit()?;
        let reader = schema::open_reader(&file)?;
        drop(opening);
        Ok(Self {
            folder: folder.to_owned(),
            ports,
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
            last_id: Mutex::default(),
        })
    }

    /// The folder that holds the store.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The clock and randomness that the store uses.
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// Who the store is, and what it knows of the server.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn identity(&self) -> Result<Identity, StoreError> {
        identity::load(&self.read())
    }

    fn now_ms(&self) -> u64 {
        self.ports.clock.now_ms().min(causal::MAX_COUNTER)
    }

    /// An id that sorts after the one given before it in the same millisecond, so that lists keep the order of saves.
    fn new_id(&self, now_ms: u64) -> Uuid {
        let mut last = self.last_id.lock().unwrap_or_else(PoisonError::into_inner);
        *last = next_uuid_v7(*last, now_ms, &*self.ports.entropy);
        *last
    }

    /// A panic while the lock was held rolled its transaction back, so the connection is still good.
    fn read(&self) -> MutexGuard<'_, Connection> {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `change` in one transaction; an error leaves everything as it was.
    fn write<T>(&self, change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let txn = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = change(&txn)?;
        txn.commit()?;
        Ok(result)
    }
}
