//! The rows of records: the state, and what is derived from it for lists, search and conflicts.

use std::sync::Arc;

use causal::{Record, RecordId, ReplicaId};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use uuid::Uuid;
use wire::{decode_state, encode_state};

use super::{StoreError, derive, search};

/// Visible, deleted and purged records, as the column `hidden` has them.
const VISIBLE: i64 = 0;
const DELETED: i64 = 1;
const PURGED: i64 = 2;

/// SQLite's integers are signed; counters, times and sizes are all far below 2^63.
pub(super) fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A record with its place in the store.
pub(super) struct Row {
    pub(super) row: i64,
    pub(super) record: Record,
    /// The highest own counter in the record's version.
    pub(super) own: u64,
    /// The highest own counter that the server has acknowledged for this record.
    pub(super) acknowledged: u64,
    /// The text that the search index holds for it.
    indexed: String,
}

impl Row {
    pub(super) fn load(connection: &Connection, id: RecordId) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT row, id, kind, scope, state, own, acknowledged FROM record WHERE id = ?1";
        Self::query(connection, sql, params![id.0])
    }

    pub(super) fn load_row(connection: &Connection, row: i64) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT row, id, kind, scope, state, own, acknowledged FROM record WHERE row = ?1";
        Self::query(connection, sql, params![row])
    }

    fn query(connection: &Connection, sql: &str, key: &[&dyn rusqlite::ToSql]) -> Result<Option<Self>, StoreError> {
        let mut statement = connection.prepare_cached(sql)?;
        let found = statement.query_row(key, |row| {
            let head = (RecordId(row.get(1)?), row.get::<_, String>(2)?, row.get::<_, Option<Uuid>>(3)?);
            let state: Vec<u8> = row.get(4)?;
            Ok((row.get(0)?, head, state, row.get::<_, i64>(5)?, row.get::<_, i64>(6)?))
        });
        let Some((row, (id, kind, scope), state, own, acknowledged)) = found.optional()? else { return Ok(None) };
        let record = Record { id, kind: Arc::from(kind), scope, state: decode_state(&state)? };
        let indexed = derive::searchable_text(&record);
        Ok(Some(Self { row, record, own: own.unsigned_abs(), acknowledged: acknowledged.unsigned_abs(), indexed }))
    }

    /// Stores a record that was not there.
    pub(super) fn insert(txn: &Transaction<'_>, record: Record, replica: ReplicaId) -> Result<Self, StoreError> {
        let own = record.state.version().get(replica);
        let derived = derive::Derived::of(&record);
        let sql = "INSERT INTO record (id, kind, scope, state, doc, own, hidden, asking, stage, due, assignee)
                   VALUES (?1, ?2, ?3, ?4, jsonb(?5), ?6, ?7, ?8, ?9, ?10, ?11)";
        txn.prepare_cached(sql)?.execute(params![
            record.id.0,
            &*record.kind,
            record.scope,
            encode_state(&record.state),
            derived.document,
            integer(own),
            hidden(&record),
            derive::asking(&record),
            derived.stage,
            derived.due,
            derived.assignee,
        ])?;
        let row = txn.last_insert_rowid();
        let indexed = derive::searchable_text(&record);
        search::index(txn, row, "", &indexed)?;
        Ok(Self { row, record, own, acknowledged: 0, indexed })
    }

    /// Stores the changed state, and all that is derived from it.
    pub(super) fn update(&mut self, txn: &Transaction<'_>, replica: ReplicaId) -> Result<(), StoreError> {
        self.own = self.record.state.version().get(replica);
        let derived = derive::Derived::of(&self.record);
        let sql =
            "UPDATE record SET state = ?2, doc = jsonb(?3), own = ?4, acknowledged = ?5, hidden = ?6, asking = ?7,
                   stage = ?8, due = ?9, assignee = ?10 WHERE row = ?1";
        txn.prepare_cached(sql)?.execute(params![
            self.row,
            encode_state(&self.record.state),
            derived.document,
            integer(self.own),
            integer(self.acknowledged),
            hidden(&self.record),
            derive::asking(&self.record),
            derived.stage,
            derived.due,
            derived.assignee,
        ])?;
        let text = derive::searchable_text(&self.record);
        search::index(txn, self.row, &self.indexed, &text)?;
        self.indexed = text;
        Ok(())
    }

    /// Notes that the server has acknowledged own writes of this record up to `counter`.
    pub(super) fn acknowledge(&mut self, txn: &Transaction<'_>, counter: u64) -> Result<(), StoreError> {
        self.acknowledged = self.acknowledged.max(counter);
        let sql = "UPDATE record SET acknowledged = ?2 WHERE row = ?1";
        txn.prepare_cached(sql)?.execute(params![self.row, integer(self.acknowledged)])?;
        Ok(())
    }
}

fn hidden(record: &Record) -> i64 {
    if record.state.is_purged() {
        PURGED
    } else if record.state.is_deleted() {
        DELETED
    } else {
        VISIBLE
    }
}
