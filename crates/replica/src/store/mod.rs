//! The local store: one SQLite file that holds everything a person saved on this device.
//!
//! Invariant: a save is one transaction (counter, record, outbox, search) and one fsync; what it returned is on disk.
//! Several processes may have one store open; SQLite's lock makes their transactions one after another.

mod blobs;
mod derive;
mod error;
mod exchange;
mod feed;
mod identity;
mod integer;
mod listen;
mod outbox;
mod query;
mod records;
mod report;
mod save;
mod schema;
mod search;
mod txn;

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rusqlite::Connection;
use uuid::Uuid;

pub(crate) use blobs::Upload;
pub use blobs::{BlobCounts, BlobState, OwedBlob};
pub use error::StoreError;
pub(crate) use exchange::{Frozen, Incoming, Settled};
pub use feed::Change;
pub use identity::Identity;
pub use outbox::QueueEntry;
pub use query::{Found, Listing, Order, Place, Reading};
pub use report::{Enrolment, SyncReport};
pub use save::{Save, Saved};

use self::feed::Feed;
use self::txn::Txn;
use crate::Ports;
use crate::blobs::{BlobPlace, FileBlobs};
use crate::ports::next_uuid_v7;

/// The name of the file inside the store's folder.
const FILE: &str = "rounds.sqlite3";
/// The folder of the photos and scans beside it.
const BLOBS: &str = "blobs";

/// Where a store and its locks lie.
struct Files {
    folder: PathBuf,
    store: PathBuf,
    open_lock: PathBuf,
    sync_lock: PathBuf,
}

impl Files {
    /// The one store of a folder.
    fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            store: folder.join(FILE),
            open_lock: folder.join("open.lock"),
            sync_lock: folder.join("sync.lock"),
        }
    }

    /// One store of several in a folder.
    fn of(file: &Path) -> Self {
        Self {
            folder: file.parent().unwrap_or(Path::new("")).to_owned(),
            store: file.to_owned(),
            open_lock: file.with_extension("open.lock"),
            sync_lock: file.with_extension("sync.lock"),
        }
    }
}

/// An open local store.
pub struct Store {
    files: Files,
    ports: Ports,
    writer: Arc<Mutex<Connection>>,
    reader: Mutex<Connection>,
    blobs: Arc<dyn BlobPlace>,
    /// Whether what is put here still has to go to the server.
    owes_blobs: bool,
    feed: Arc<Feed>,
    /// Dropped with the store, and the thread that looks after other processes' saves ends.
    glancing: OnceLock<Sender<()>>,
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
        let blobs = Arc::new(FileBlobs::new(folder.join(BLOBS)));
        Self::start(Files::in_folder(folder), ports, app_version, blobs, true)
    }

    /// Opens the store in `file`, whose blobs are in the server's own place: such a store owes none, and fetches none.
    ///
    /// A folder may hold several of them.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with_blobs(
        file: &Path,
        ports: Ports,
        app_version: &str,
        blobs: Arc<dyn BlobPlace>,
    ) -> Result<Self, StoreError> {
        Self::start(Files::of(file), ports, app_version, blobs, false)
    }

    fn start(
        files: Files,
        ports: Ports,
        app_version: &str,
        blobs: Arc<dyn BlobPlace>,
        owes_blobs: bool,
    ) -> Result<Self, StoreError> {
        std::fs::create_dir_all(&files.folder)?;
        let file = &files.store;
        let opening = schema::lock_opening(&files.open_lock)?;
        let mut writer = schema::open_writer(file)?;
        let txn = Txn::begin(&mut writer)?;
        identity::ensure(&txn, &ports, app_version)?;
        blobs::references::track_unread(&txn)?;
        txn.commit()?;
        let reader = schema::open_reader(file)?;
        drop(opening);
        Ok(Self {
            files,
            ports,
            writer: Arc::new(Mutex::new(writer)),
            reader: Mutex::new(reader),
            blobs,
            owes_blobs,
            feed: Arc::default(),
            glancing: OnceLock::new(),
            last_id: Mutex::default(),
        })
    }

    /// The folder that holds the store.
    pub fn folder(&self) -> &Path {
        &self.files.folder
    }

    /// The file that a process locks while it syncs.
    pub(crate) fn sync_lock(&self) -> &Path {
        &self.files.sync_lock
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
    ///
    /// Whoever listens is told when the commit is done and the lock is given back.
    fn write<T>(&self, change: impl FnOnce(&Txn<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let (result, changed) = {
            let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let txn = Txn::begin(&mut connection)?;
            let result = change(&txn)?;
            (result, txn.commit()?)
        };
        if !changed.is_anything() {
            self.feed.tell(&changed);
        }
        Ok(result)
    }
}
