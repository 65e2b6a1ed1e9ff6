//! Transactions: a snapshot for those who read, and the lock of one organisation for who writes.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use tokio_postgres::Row;
use uuid::Uuid;

use super::connections::Connections;
use super::link::{Link, Params};
use super::pending::Pending;
use super::pool::Held;
use super::row::int;
use crate::storage::{Result, StorageError};

/// So often it is asked what became of a commit.
const SETTLING: usize = 8;
/// How long nobody asks after that failed.
const BREATH: Duration = Duration::from_millis(500);
/// What every write transaction begins with: isolation and patience are said each time, since a role may have others.
///
/// Read committed: whoever waited for the lock reads what was written meanwhile, in every statement after it.
const BEGIN_WRITE: &str = "begin isolation level read committed read write; set local lock_timeout = '5s';
    set local statement_timeout = '30s'; set local idle_in_transaction_session_timeout = '30s'";
const BEGIN_READ: &str = "begin isolation level repeatable read read only; set local statement_timeout = '30s'";

/// An open transaction; undone when dropped.
pub(super) struct PostgresTxn<'a> {
    pub(super) link: Held<'a>,
    connections: &'a Connections,
    pub(super) writing: Option<Writing>,
    is_open: bool,
    /// Whether a statement has failed: the database does nothing more in this transaction.
    has_failed: Cell<bool>,
}

/// What makes a transaction one that writes.
pub(super) struct Writing {
    pub(super) organisation: Uuid,
    pub(super) pending: RefCell<Pending>,
}

impl<'a> PostgresTxn<'a> {
    /// Begins to read; a connection that was lost while nobody used it is replaced.
    pub(super) fn read(connections: &'a Connections) -> Result<Self> {
        let pool = &connections.readers;
        let mut link = pool.take()?;
        if let Err(error) = link.batch(BEGIN_READ) {
            if !link.is_lost() {
                return Err(error);
            }
            pool.forget_idle();
            drop(link);
            link = pool.take()?;
            link.batch(BEGIN_READ)?;
        }
        Ok(Self { link, connections, writing: None, is_open: true, has_failed: Cell::new(false) })
    }

    /// Begins to write, once nobody else writes for this organisation.
    pub(super) fn write(connections: &'a Connections, organisation: Uuid) -> Result<Self> {
        let link = connections.writers.take()?;
        let writing = Writing { organisation, pending: RefCell::default() };
        let txn = Self { link, connections, writing: Some(writing), is_open: true, has_failed: Cell::new(false) };
        let locked = lock(&txn.link, organisation);
        if locked.is_err() && txn.link.is_lost() {
            connections.writers.forget_idle();
        }
        if let Some(writing) = &txn.writing {
            writing.pending.borrow_mut().last_seq = locked?;
        }
        Ok(txn)
    }

    fn noted<T>(&self, result: Result<T>) -> Result<T> {
        self.has_failed.set(self.has_failed.get() | result.is_err());
        result
    }

    /// The rows that a statement gives, of tables in which nothing waits to be written.
    pub(super) fn all<T>(&self, sql: &str, params: Params<'_>, read: impl FnMut(&Row) -> Result<T>) -> Result<Vec<T>> {
        self.noted(self.link.query(sql, params))?.iter().map(read).collect()
    }

    /// As [`PostgresTxn::all`], for a statement that gives one row at most.
    pub(super) fn one<T>(&self, sql: &str, params: Params<'_>, read: impl Fn(&Row) -> Result<T>) -> Result<Option<T>> {
        self.noted(self.link.query(sql, params))?.first().map(read).transpose()
    }

    /// Writes what waits, so that the next statement sees it.
    pub(super) fn flush(&self) -> Result<()> {
        let Some(Writing { organisation, pending }) = &self.writing else { return Ok(()) };
        self.noted(pending.borrow_mut().flush(&self.link, *organisation))
    }

    /// Changes rows; how many there were.
    pub(super) fn execute(&self, sql: &str, params: Params<'_>) -> Result<u64> {
        if let Some(writing) = &self.writing {
            writing.pending.borrow_mut().is_changed = true;
        }
        self.noted(self.link.execute(sql, params))
    }

    /// What waits to be written for `organisation`, which has to be the transaction's own.
    pub(super) fn own(&self, organisation: Uuid) -> Result<&RefCell<Pending>> {
        match &self.writing {
            Some(writing) if writing.organisation == organisation => Ok(&writing.pending),
            Some(writing) => self.noted(Err(StorageError::of_another(writing.organisation, organisation))),
            None => self.noted(Err(StorageError::Engine("a transaction that reads may change nothing".into()))),
        }
    }

    /// Makes everything durable and visible, and finds out what became of it when the connection is lost on the way.
    pub(super) fn commit_now(&mut self) -> Result<()> {
        if self.has_failed.get() {
            return Err(StorageError::Engine("a transaction in which a call has failed cannot be committed".into()));
        }
        self.flush()?;
        let Some(Writing { organisation, pending }) = &self.writing else { return Ok(()) };
        let (organisation, pending) = (*organisation, pending.borrow());
        if !pending.is_changed {
            return Ok(());
        }
        let mark = self.connections.next_mark();
        let last_seq = pending.last_seq.map_or(0, int);
        self.noted(self.link.execute(
            "update organisation set last_seq = $2, revision = revision + 1 where id = $1",
            &[&organisation, &last_seq],
        ))?;
        // Processes that ended long ago ask no more.
        self.noted(self.link.execute(
            "with gone as (
                 delete from commit_mark where organisation = $1 and process <> $2 and at < now() - interval '1 day')
             insert into commit_mark (organisation, process, mark, at) values ($1, $2, $3, now())
             on conflict (organisation, process) do update set mark = excluded.mark, at = excluded.at",
            &[&organisation, &self.connections.process, &mark],
        ))?;
        drop(pending);
        let committed = self.noted(self.link.batch("commit"));
        self.is_open = committed.is_err();
        match committed {
            Err(error) if self.link.is_lost() => settle(self.connections, organisation, mark, error),
            committed => committed,
        }
    }
}

impl Drop for PostgresTxn<'_> {
    fn drop(&mut self) {
        if self.is_open && !self.link.is_lost() && self.link.batch("rollback").is_err() {
            self.link.give_up();
        }
    }
}

/// Begins a transaction and waits until nobody else writes for this organisation; the end of its feed, if it is there.
///
/// The row is asked for alone: what a lock statement joins is as old as the moment at which the wait began.
fn lock(link: &Link, organisation: Uuid) -> Result<Option<u64>> {
    let row = format!("select last_seq from rounds.organisation where id = '{organisation}' for no key update");
    let mut found = link.batch_value(&format!("{BEGIN_WRITE}; {row}"))?;
    if found.is_none() {
        // There is no row to lock yet: whoever makes it waits here, and finds it made.
        let (high, _) = organisation.as_u64_pair();
        link.query("select pg_advisory_xact_lock($1)", &[&i64::from_ne_bytes(high.to_ne_bytes())])?;
        found = link.batch_value(&row)?;
    }
    found.map(|seq| seq.parse().map_err(|_| StorageError::DamagedRow("organisation".to_owned()))).transpose()
}

/// Finds out what became of a commit whose answer was lost.
///
/// Whoever gets the organisation's lock knows that the other connection's transaction has ended, one way or the other.
fn settle(connections: &Connections, organisation: Uuid, mark: i64, lost: StorageError) -> Result<()> {
    connections.writers.forget_idle();
    for _ in 0..SETTLING {
        match is_committed(connections, organisation, mark) {
            Ok(true) => return Ok(()),
            Ok(false) => return Err(StorageError::Busy(Box::new(lost))),
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "what became of a commit is not known yet");
                std::thread::sleep(BREATH);
            }
        }
    }
    Err(StorageError::Unknown(Box::new(lost)))
}

fn is_committed(connections: &Connections, organisation: Uuid, mark: i64) -> Result<bool> {
    let link = Link::open(&connections.target)?;
    lock(&link, organisation)?;
    let sql = "select 1 from commit_mark where organisation = $1 and process = $2 and mark = $3";
    let found = !link.query(sql, &[&organisation, &connections.process, &mark])?.is_empty();
    link.batch("rollback")?;
    Ok(found)
}
