//! The local store: one SQLite file that holds everything a person saved on this device.
//!
//! Invariant: a save is one transaction (counter, record, outbox, search) and one fsync; what it returned is on disk.
//! Several processes may have one store open; SQLite's lock makes their transactions one after another.

mod blobs;
mod clock;
mod column;
mod derivation;
mod derive;
#[cfg(test)]
mod derived_samples;
mod discard;
mod drafts;
mod error;
mod exchange;
mod feed;
mod held;
mod identity;
mod indexing;
mod integer;
mod listen;
mod listing;
mod lost;
mod marked;
mod meta;
mod older;
mod outbox;
mod pending;
#[cfg(test)]
mod plans;
mod purged;
mod purging;
mod query;
mod read_only;
mod records;
mod report;
mod rescue;
mod save;
mod schema;
mod scratch;
mod search;
mod searching;
mod select;
mod sought;
mod tallies;
mod tally;

mod trouble;
mod txn;
mod values;
mod visible;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use domain::checked_time::Moment;
use rusqlite::Connection;
use uuid::Uuid;

pub(crate) use blobs::Upload;
pub use blobs::{BlobCounts, BlobState, OwedBlob};
pub use discard::Discarded;
pub use drafts::{Draft, DraftKey, Taken};
pub use error::StoreError;
pub(crate) use exchange::{Frozen, Incoming, PushBounds, Settled};
pub use feed::Change;
pub use held::Held;
pub use identity::Identity;
pub use listing::{ListPosition, ListedRecord, Listing, Order, Presence};
pub use outbox::QueueEntry;
pub(crate) use pending::all as all_pending;
pub use pending::{Beside, HeldFinding, PendingFinding};
pub use query::Reading;
pub use report::{Enrolment, SyncReport};
pub(crate) use rescue::RescuedContent;
pub use save::{Save, Saved};
pub use search::is_spelled;
pub use searching::Hits;
pub use tallies::ListedTally;
pub use visible::{Access, Condition, Shown, Visible};

use self::feed::{Feed, Glancing};
use self::scratch::Scratch;
use self::trouble::Trouble;
use self::txn::Txn;
use crate::Ports;
use crate::blobs::{BlobPlace, FileBlobs};
use crate::ports::next_uuid_v7;

/// The name of the file inside the store's folder.
pub(crate) const FILE: &str = "rounds.sqlite3";
/// The folder of the photos and scans beside it.
pub(crate) const BLOBS: &str = "blobs";

/// Where a store and its locks lie.
struct Files {
    folder: PathBuf,
    store: PathBuf,
    /// SQLite's log beside the store, where other processes may write to it.
    log: Option<PathBuf>,
    open_lock: PathBuf,
    sync_lock: PathBuf,
    trouble: PathBuf,
    /// Says that the folder has held a store; none where the file may be lost at any time.
    mark: Option<PathBuf>,
}

impl Files {
    /// The one store of a folder.
    fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            store: folder.join(FILE),
            log: Some(folder.join(format!("{FILE}-wal"))),
            open_lock: folder.join("open.lock"),
            sync_lock: folder.join("sync.lock"),
            trouble: folder.join("sync.trouble"),
            mark: Some(folder.join(lost::MARK)),
        }
    }

    /// One store of several in a folder.
    fn of(file: &Path) -> Self {
        Self {
            folder: file.parent().unwrap_or(Path::new("")).to_owned(),
            store: file.to_owned(),
            log: None,
            open_lock: file.with_extension("open.lock"),
            sync_lock: file.with_extension("sync.lock"),
            trouble: file.with_extension("sync.trouble"),
            mark: None,
        }
    }
}

/// An open local store.
pub struct Store {
    files: Files,
    ports: Ports,
    /// The thread that looks after other processes' saves; it holds the writer, and ends first.
    glancing: OnceLock<Glancing>,
    // Dropped before the writer: the last connection to a file folds its log into it, and one that reads cannot.
    reader: Mutex<Connection>,
    writer: Arc<Mutex<Connection>>,
    trouble: Trouble,
    blobs: Arc<dyn BlobPlace>,
    /// Whether what is put here still has to go to the server.
    owes_blobs: bool,
    feed: Arc<Feed>,
    last_id: Mutex<Uuid>,
    /// The copy that is read, where the store itself takes no writes; gone after the connections.
    scratch: Option<Scratch>,
    /// How often somebody has asked it.
    looks: AtomicU64,
}

impl Store {
    /// Opens the store in `folder`, and makes a new one where there is none.
    ///
    /// In a folder that takes no writes, it is opened as by [`Store::open_to_read`].
    ///
    /// `app_version` names the build; when it differs from the one that opened the store before, records that the server
    /// had rejected are tried again.
    ///
    /// # Errors
    /// [`StoreError::Newer`], [`StoreError::NotAStore`] and [`StoreError::Damaged`] for files that cannot be opened;
    /// nothing is changed then.
    pub fn open(folder: &Path, ports: Ports, app_version: &str) -> Result<Self, StoreError> {
        let blobs = Arc::new(FileBlobs::new(folder.join(BLOBS)));
        match Self::start(Files::in_folder(folder), ports.clone(), app_version, blobs, true) {
            Err(error) if scratch::is_for_reading_alone(&error) && folder.join(FILE).exists() => {
                Self::open_to_read(folder, ports, app_version)
            }
            Err(error @ StoreError::DiskFull(_)) => {
                trouble::note_full_disk(Files::in_folder(folder).trouble, &error);
                Err(error)
            }
            result => result,
        }
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
        let mut writer = schema::open_writer(file, files.mark.as_deref())?;
        let txn = Txn::begin(&mut writer)?;
        identity::ensure(&txn, &ports, app_version)?;
        blobs::references::track_unread(&txn)?;
        txn.commit()?;
        schema::keep_log(&writer)?;
        let reader = schema::open_reader(file)?;
        if let Some(mark) = &files.mark {
            lost::mark(mark);
        }
        drop(opening);
        Ok(Self {
            trouble: Trouble::reserve(files.trouble.clone()),
            files,
            ports,
            writer: Arc::new(Mutex::new(writer)),
            reader: Mutex::new(reader),
            blobs,
            owes_blobs,
            feed: Arc::default(),
            glancing: OnceLock::new(),
            last_id: Mutex::default(),
            scratch: None,
            looks: AtomicU64::new(0),
        })
    }

    /// The folder that holds the store.
    pub fn folder(&self) -> &Path {
        &self.files.folder
    }

    /// How many bytes the disk of the store can still take; none where the system does not tell.
    pub fn free_bytes(&self) -> Option<u64> {
        crate::room::free_bytes(&self.files.folder)
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

    /// Takes what stands in the log into the file itself, as far as no other process is in the way.
    ///
    /// The last one to close a store does it by itself; this is for a process that ends with its threads at work.
    ///
    /// # Errors
    /// When the file cannot be written; the log still holds everything then.
    pub fn fold_log(&self) -> Result<(), StoreError> {
        schema::fold_log(&self.writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The time by what is known of the wall clock: what stamps and records carry.
    pub(crate) fn now_ms(&self) -> u64 {
        u64::try_from(self.time().now.0).unwrap_or(0).min(causal::MAX_COUNTER)
    }

    /// What the wall clock shows, for waits: an offset that is found meanwhile must neither end nor stretch them.
    fn wall_ms(&self) -> u64 {
        self.ports.clock.now_ms().min(causal::MAX_COUNTER)
    }

    /// An id that sorts after the one given before it in the same millisecond, so that lists keep the order of saves.
    fn new_id(&self, now_ms: u64) -> Uuid {
        let mut last = self.last_id.lock().unwrap_or_else(PoisonError::into_inner);
        *last = next_uuid_v7(*last, now_ms, &*self.ports.entropy);
        *last
    }

    /// How often it was asked since it was opened: what a question costs, whatever the machine.
    pub fn looks(&self) -> u64 {
        self.looks.load(Ordering::Relaxed)
    }

    /// A panic while the lock was held rolled its transaction back, so the connection is still good.
    fn read(&self) -> MutexGuard<'_, Connection> {
        self.looks.fetch_add(1, Ordering::Relaxed);
        self.reader.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `change` in one transaction; an error leaves everything as it was.
    ///
    /// Whoever listens is told when the commit is done and the lock is given back.
    fn write<T>(&self, change: impl FnOnce(&Txn<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if self.is_read_only() {
            return Err(StoreError::ReadOnly);
        }
        let (result, changed) = {
            let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let txn = Txn::begin(&mut connection)?;
            let result = change(&txn)?;
            let held = txn.held();
            if !held.is_empty() {
                let time = self.time_in(&txn)?;
                let since = Moment { at: time.now, clock: time.stamp() };
                held.into_iter().try_for_each(|row| held::note(&txn, row, &since))?;
            }
            (result, txn.commit()?)
        };
        if !changed.is_anything() {
            self.feed.tell(&changed);
        }
        Ok(result)
    }
}
