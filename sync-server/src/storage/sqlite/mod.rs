//! The store in one SQLite file, or in memory for tests.

mod blobs;
mod checksums;
mod connect;
mod error;
mod files;
mod open;
mod read;
mod restore;
mod row;
mod verify;
mod write;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};
use uuid::Uuid;

use super::{NOBODYS, ReadTxn, Result, Storage, WriteTxn};

pub use files::{STORE_FILE, copy_online, store_path};
pub(crate) use files::{beside, create_private, remove_with_logs, sync_folder_of};
pub use open::{create, open, open_as_it_is};
pub use restore::{Staged, unfinished_restore};

/// How long the log waits for readers before it stays as it is.
const PATIENCE: Duration = Duration::from_millis(200);
/// Idle connections for readers that are kept open.
const KEPT_READERS: usize = 8;

/// A store on SQLite.
///
/// A file is in WAL mode with `synchronous=FULL`: readers see snapshots beside the one writer, and other processes may
/// read and write beside this one.
/// A store in memory has one connection, and its transactions wait for each other.
#[derive(Debug)]
pub struct SqliteStorage {
    path: Option<PathBuf>,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    /// Asked for the revision, which each connection counts by itself.
    watcher: Mutex<Option<Connection>>,
    /// Beats beside the writer, so that neither waits in the other's queue.
    heart: Mutex<Option<Connection>>,
}

impl SqliteStorage {
    fn new(path: Option<PathBuf>, writer: Connection) -> Self {
        Self {
            path,
            writer: Mutex::new(writer),
            readers: Mutex::default(),
            watcher: Mutex::default(),
            heart: Mutex::default(),
        }
    }

    fn reader(&self, path: &Path) -> Result<Connection> {
        let kept = lock(&self.readers).pop();
        kept.map_or_else(|| connect::connect(path), Ok)
    }
}

impl Storage for SqliteStorage {
    fn read(&self) -> Result<Box<dyn ReadTxn + '_>> {
        let held = match &self.path {
            None => TxnConnection::Writer(lock(&self.writer)),
            Some(path) => TxnConnection::Reader { connection: Some(self.reader(path)?), pool: &self.readers },
        };
        Ok(Box::new(SqliteTxn::begin(held, NOBODYS, TransactionBehavior::Deferred)?))
    }

    fn write(&self, organisation: Uuid) -> Result<Box<dyn WriteTxn + '_>> {
        let held = TxnConnection::Writer(lock(&self.writer));
        Ok(Box::new(SqliteTxn::begin(held, organisation, TransactionBehavior::Immediate)?))
    }

    fn revision(&self) -> Result<i64> {
        // Nobody else has a store in memory.
        let Some(path) = &self.path else { return Ok(0) };
        let mut watcher = lock(&self.watcher);
        let connection = match watcher.take() {
            Some(connection) => connection,
            None => connect::connect(path)?,
        };
        let revision = connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        *watcher = Some(connection);
        Ok(revision)
    }

    fn beat(&self, at: u64, bytes: usize) -> Result<()> {
        let Some(path) = &self.path else { return beat_on(&lock(&self.writer), at, bytes) };
        let mut heart = lock(&self.heart);
        let connection = match heart.take() {
            Some(connection) => connection,
            None => connect::connect(path)?,
        };
        // A connection that failed is not used again.
        beat_on(&connection, at, bytes)?;
        *heart = Some(connection);
        Ok(())
    }

    fn fold_log(&self) -> Result<()> {
        let connection = lock(&self.writer);
        // Whoever reads just now keeps some of it in the log: the next night takes it, and no push waits for that.
        connection.busy_timeout(PATIENCE)?;
        let folded = connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
        connection.busy_timeout(connect::BUSY_TIMEOUT)?;
        Ok(folded?)
    }
}

fn beat_on(connection: &Connection, at: u64, bytes: usize) -> Result<()> {
    let (at, bytes) = (row::int(at), i64::try_from(bytes).unwrap_or(i64::MAX));
    let sql =
        "insert into heartbeat (one, at, filler) values (1, ?1, nullif(zeroblob(?2), x'')) on conflict (one) do update
         set at = excluded.at, filler = excluded.filler";
    connection.prepare_cached(sql)?.execute((at, bytes))?;
    if bytes > 0 {
        connection.prepare_cached("update heartbeat set filler = null")?.execute([])?;
    }
    Ok(())
}

/// A transaction that a panic left behind was undone when it was dropped, so the connection is as good as new.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

enum TxnConnection<'a> {
    Writer(MutexGuard<'a, Connection>),
    Reader { connection: Option<Connection>, pool: &'a Mutex<Vec<Connection>> },
}

/// An open transaction; undone when dropped.
struct SqliteTxn<'a> {
    held: TxnConnection<'a>,
    /// Whose rows it may change.
    of: Uuid,
    is_open: bool,
}

impl<'a> SqliteTxn<'a> {
    fn begin(held: TxnConnection<'a>, of: Uuid, behavior: TransactionBehavior) -> Result<Self> {
        let mut txn = Self { held, of, is_open: false };
        let begin = match behavior {
            TransactionBehavior::Immediate => "begin immediate",
            _ => "begin deferred",
        };
        txn.db().execute_batch(begin)?;
        txn.is_open = true;
        Ok(txn)
    }

    fn db(&self) -> &Connection {
        match &self.held {
            TxnConnection::Writer(connection) => connection,
            TxnConnection::Reader { connection, .. } => connection.as_ref().expect("it is taken only when dropped"),
        }
    }

    fn commit_now(&mut self) -> Result<()> {
        self.db().execute_batch("commit")?;
        self.is_open = false;
        Ok(())
    }
}

impl Drop for SqliteTxn<'_> {
    fn drop(&mut self) {
        let is_clean = !self.is_open || self.db().is_autocommit() || self.db().execute_batch("rollback").is_ok();
        if let TxnConnection::Reader { connection, pool } = &mut self.held
            && let Some(connection) = connection.take()
        {
            let mut pool = lock(pool);
            if is_clean && pool.len() < KEPT_READERS {
                pool.push(connection);
            }
        }
    }
}
