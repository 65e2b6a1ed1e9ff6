//! A transaction that remembers which records it has changed, so that whoever shows them can be told.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::time::Duration;

use causal::{Record, RecordId};
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use super::StoreError;
use super::feed::Change;
use super::schema::BUSY_TIMEOUT;

/// A writing transaction; dropped, it leaves everything as it was.
pub(super) struct Txn<'a> {
    inner: Transaction<'a>,
    changed: RefCell<Change>,
    indexes_later: Cell<bool>,
    held: RefCell<Vec<i64>>,
}

impl<'a> Txn<'a> {
    pub(super) fn begin(connection: &'a mut Connection) -> Result<Self, StoreError> {
        let inner = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Self { inner, changed: RefCell::default(), indexes_later: Cell::default(), held: RefCell::default() })
    }

    /// As [`Txn::begin`]; none while another process writes.
    pub(super) fn begin_if_idle(connection: &'a mut Connection) -> Result<Option<Self>, StoreError> {
        connection.busy_timeout(Duration::ZERO)?;
        let begun = connection.execute_batch("BEGIN IMMEDIATE");
        connection.busy_timeout(BUSY_TIMEOUT)?;
        match begun {
            Ok(()) => connection.execute_batch("ROLLBACK")?,
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        Self::begin(connection).map(Some)
    }

    /// Lets the records of this transaction wait for the search index, for there are many of them.
    pub(super) fn index_later(&self) {
        self.indexes_later.set(true);
    }

    pub(super) fn indexes_later(&self) -> bool {
        self.indexes_later.get()
    }

    /// Notes that a record was changed.
    pub(super) fn note(&self, record: &Record) {
        self.note_record(&record.kind, record.id);
    }

    /// Notes that what is shown of a record was changed.
    pub(super) fn note_record(&self, kind: &str, id: RecordId) {
        self.changed.borrow_mut().add(kind, id);
    }

    /// Notes that a record came whose age has to be proved.
    pub(super) fn hold(&self, row: i64) {
        self.held.borrow_mut().push(row);
    }

    /// The rows of the records that came in this transaction and whose age has to be proved.
    pub(super) fn held(&self) -> Vec<i64> {
        self.held.take()
    }

    /// Makes it last; gives what was changed.
    pub(super) fn commit(self) -> Result<Change, StoreError> {
        self.inner.commit()?;
        Ok(self.changed.into_inner())
    }
}

impl<'a> Deref for Txn<'a> {
    type Target = Transaction<'a>;

    fn deref(&self) -> &Transaction<'a> {
        &self.inner
    }
}
