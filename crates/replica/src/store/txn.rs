//! A transaction that remembers which records it has changed, so that whoever shows them can be told.

use std::cell::RefCell;
use std::ops::Deref;

use causal::{Record, RecordId};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::StoreError;
use super::feed::Change;

/// A writing transaction; dropped, it leaves everything as it was.
pub(super) struct Txn<'a> {
    inner: Transaction<'a>,
    changed: RefCell<Change>,
}

impl<'a> Txn<'a> {
    pub(super) fn begin(connection: &'a mut Connection) -> Result<Self, StoreError> {
        let inner = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Self { inner, changed: RefCell::default() })
    }

    /// Notes that a record was changed.
    pub(super) fn note(&self, record: &Record) {
        self.note_record(&record.kind, record.id);
    }

    /// Notes that what is shown of a record was changed.
    pub(super) fn note_record(&self, kind: &str, id: RecordId) {
        self.changed.borrow_mut().add(kind, id);
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
