//! The store on PostgreSQL, for several organisations at once and for more than one server.
//!
//! Nothing of a feed, of rights or of a chain is kept between two transactions: another server may have changed it.

mod connections;
mod error;
mod link;
mod pending;
mod pool;
mod read;
mod row;
mod schema;
mod target;
mod tls;
mod txn;
mod verify;
mod wait;
mod write;

// The road to the database that they cut is a socket in a folder.
#[cfg(all(test, unix))]
mod tests;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

use super::{ReadTxn, Result, Storage, StorageError, WriteTxn};
use connections::{Connections, WRITERS};
use link::Link;
use target::Target;
use txn::PostgresTxn;

/// What messages call the store; its address holds a password.
const NAME: &str = "this database";

/// Who uses a store on PostgreSQL.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    /// This process; no other has it.
    pub process: Uuid,
    /// The server with its data folder, the same from start to start.
    pub server: Uuid,
}

/// A store on PostgreSQL.
pub struct PostgresStorage {
    connections: Connections,
    /// Asked for the revision, and for nothing else.
    watcher: Mutex<Option<Link>>,
    /// Beats beside the writers, so that neither waits for the other.
    heart: Mutex<Option<Link>>,
    server: Uuid,
    /// Whether the tables are of a release that this one is too old for.
    is_outdated: AtomicBool,
}

impl std::fmt::Debug for PostgresStorage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Its address holds a password.
        f.debug_struct("PostgresStorage").field("server", &self.server).finish_non_exhaustive()
    }
}

/// Opens the store at `url`, trusting the certificates in the file `ca` if there is one.
///
/// # Errors
/// [`StorageError::Unfit`] for a database that this program cannot rely on or that does not let it in,
/// [`StorageError::Missing`], [`StorageError::Foreign`], [`StorageError::Newer`] and [`StorageError::Older`] by what is in
/// it, [`StorageError::Busy`] when there is no connection.
pub fn open(url: &str, ca: Option<&Path>, who: Identity) -> Result<PostgresStorage> {
    let target = Target::parse(url, ca)?;
    let link = Link::open(&target)?;
    schema::check(schema::look(&link, NAME)?, NAME)?;
    Ok(PostgresStorage::over(target, link, who))
}

/// As [`open`], and makes the tables where there are none.
///
/// # Errors
/// As [`open`]
pub fn create(url: &str, ca: Option<&Path>, who: Identity) -> Result<PostgresStorage> {
    let target = Target::parse(url, ca)?;
    let link = Link::open(&target)?;
    if schema::look(&link, NAME)? == schema::Found::Nothing {
        schema::migrate(&link, NAME)?;
    }
    schema::check(schema::look(&link, NAME)?, NAME)?;
    Ok(PostgresStorage::over(target, link, who))
}

/// What a migration found and made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// The version that was there.
    pub from: Option<i32>,
    /// The version that is there now.
    pub to: i32,
}

/// Makes the tables, or brings them up to date, also beside servers that run.
///
/// # Errors
/// As [`open`]
pub fn migrate(url: &str, ca: Option<&Path>) -> Result<Migrated> {
    // The connection lives as long as its target.
    let target = Target::parse(url, ca)?;
    let link = Link::open(&target)?;
    let from = schema::migrate(&link, NAME)?;
    Ok(Migrated { from, to: schema::known() })
}

/// Runs a statement of an administrator.
#[cfg(test)]
pub(super) fn run(url: &str, sql: &str) -> Result<()> {
    Link::open(&Target::parse(url, None)?)?.batch(sql)
}

impl PostgresStorage {
    fn over(target: Target, link: Link, who: Identity) -> Self {
        Self {
            connections: Connections::new(Arc::new(target), who.process),
            watcher: Mutex::new(Some(link)),
            heart: Mutex::default(),
            server: who.server,
            is_outdated: AtomicBool::new(false),
        }
    }

    /// Asks over a connection that only one asks over at a time, and that is made anew after it was lost.
    fn aside<T>(&self, kept: &Mutex<Option<Link>>, ask: impl Fn(&Link) -> Result<T>) -> Result<T> {
        let mut kept: MutexGuard<'_, _> = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let link = match kept.take().filter(|link| !link.is_lost()) {
            Some(link) => link,
            None => Link::open(&self.connections.target)?,
        };
        let answer = ask(&link);
        *kept = Some(link).filter(|link| !link.is_lost());
        answer
    }

    /// The servers that have written lately, without this one.
    ///
    /// # Errors
    /// As [`Storage::read`]
    pub fn other_servers(&self) -> Result<Vec<Uuid>> {
        let sql = "select id from server where id <> $1 and seen_at > now() - interval '15 seconds' order by id";
        let rows = self.aside(&self.heart, |link| link.query(sql, &[&self.server]))?;
        rows.iter().map(|row| row::get(row, 0, "server")).collect()
    }

    /// Says that this server has ended, so that another may take its place at once.
    ///
    /// # Errors
    /// As [`Storage::read`]
    pub fn sign_off(&self) -> Result<()> {
        self.aside(&self.heart, |link| link.execute("delete from server where id = $1", &[&self.server])).map(drop)
    }

    /// The time of the database, in milliseconds since 1970 UTC.
    ///
    /// # Errors
    /// As [`Storage::read`]
    pub fn now_ms(&self) -> Result<i64> {
        let sql = "select (extract(epoch from clock_timestamp()) * 1000)::bigint";
        let rows = self.aside(&self.heart, |link| link.query(sql, &[]))?;
        rows.first().map_or_else(|| Err(row::damaged("clock")), |row| row::get(row, 0, "clock"))
    }
}

impl Storage for PostgresStorage {
    fn read(&self) -> Result<Box<dyn ReadTxn + '_>> {
        Ok(Box::new(PostgresTxn::read(&self.connections)?))
    }

    fn write(&self, organisation: Uuid) -> Result<Box<dyn WriteTxn + '_>> {
        if self.is_outdated.load(Ordering::Relaxed) {
            return Err(StorageError::Unfit("a newer release has taken it over; update this server".to_owned()));
        }
        Ok(Box::new(PostgresTxn::write(&self.connections, organisation)?))
    }

    fn writers(&self) -> usize {
        WRITERS
    }

    fn revision(&self) -> Result<i64> {
        let sql = "select coalesce(sum(revision), 0)::bigint from organisation";
        let rows = self.aside(&self.watcher, |link| link.query(sql, &[]))?;
        rows.first().map_or(Ok(0), |row| row::get(row, 0, "organisation"))
    }

    /// The time is the database's own, since several servers are told apart by it.
    fn beat(&self, _at: u64, bytes: usize) -> Result<()> {
        let filler = (bytes > 0).then(|| vec![0xA5_u8; bytes]);
        let found = self.aside(&self.heart, |link| {
            link.execute(
                "insert into server (id, seen_at, filler) values ($1, now(), $2)
                 on conflict (id) do update set seen_at = excluded.seen_at, filler = excluded.filler",
                &[&self.server, &filler],
            )?;
            if filler.is_some() {
                link.execute("update server set filler = null where id = $1", &[&self.server])?;
            }
            schema::look(link, NAME)
        })?;
        let usable = schema::check(found, NAME);
        self.is_outdated.store(usable.is_err(), Ordering::Relaxed);
        usable
    }

    /// Values of a purge leave the tables at once, and their pages with the database's own vacuum.
    fn fold_log(&self) -> Result<()> {
        Ok(())
    }
}
