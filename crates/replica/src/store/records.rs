//! The rows of records: the state, and what is derived from it for lists, search and conflicts.

use std::sync::Arc;

use causal::{Record, RecordId, ReplicaId, State};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use uuid::Uuid;
use wire::{BlobRefs, blob_refs, decode_state, encode_state};

use super::blobs::references;
use super::integer::integer;
use super::search::{self, Words};
use super::txn::Txn;
use super::{StoreError, derive, held, purged, tally};

/// A record with its place in the store.
pub(super) struct Row {
    pub(super) row: i64,
    pub(super) record: Record,
    /// The highest own counter in the record's version.
    pub(super) own: u64,
    /// The highest own counter that the server has acknowledged for this record.
    pub(super) acknowledged: u64,
    /// What stands elsewhere on behalf of its state, noted when the state is about to change.
    before: Option<Before>,
}

/// What the search index and the references to blobs hold for a state.
struct Before {
    words: Words,
    blobs: BlobRefs,
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

    /// As [`Row::load_row`]; none for a record that is damaged, so that one keeps nobody from the others.
    pub(super) fn load_whole(connection: &Connection, row: i64) -> Result<Option<Self>, StoreError> {
        match Self::load_row(connection, row) {
            Err(StoreError::Damaged(why)) => {
                tracing::warn!(row, why, "a record is damaged");
                Ok(None)
            }
            result => result,
        }
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
        let (own, acknowledged) = (own.unsigned_abs(), acknowledged.unsigned_abs());
        Ok(Some(Self { row, record, own, acknowledged, before: None }))
    }

    /// The state, to be changed and then stored by [`Row::update`].
    pub(super) fn state_mut(&mut self) -> &mut State {
        self.before
            .get_or_insert_with(|| Before { words: Words::of(&self.record), blobs: blob_refs(&self.record.state) });
        &mut self.record.state
    }

    /// Stores a record that was not there.
    pub(super) fn insert(txn: &Txn<'_>, record: Record, replica: ReplicaId) -> Result<Self, StoreError> {
        let own = record.state.version().get(replica);
        let derived = derive::Derived::of(&record);
        let sql = "INSERT INTO record
                       (id, kind, scope, state, doc, own, hidden, asking,
                        day, parent, about, place, template, stage, due, assignee, derived, uncounted, marks, kin)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)";
        txn.prepare_cached(sql)?.execute(params![
            record.id.0,
            &*record.kind,
            record.scope,
            encode_state(&record.state),
            derived.document,
            integer(own),
            derived.hidden,
            derived.asking,
            derived.day,
            derived.parent,
            derived.about,
            derived.place,
            derived.template,
            derived.stage,
            derived.due,
            derived.assignee,
            derive::DERIVATION,
            derived.uncounted,
            derived.marks,
            derived.kin,
        ])?;
        let row = txn.last_insert_rowid();
        tally::keep(txn, row, derived.tally.as_deref())?;
        search::index(txn, row, &Words::default(), &Words::of(&record))?;
        references::track(txn, row, &BlobRefs::new(), &blob_refs(&record.state))?;
        if held::is_held(&record.kind) {
            txn.hold(row);
        }
        txn.note(&record);
        Ok(Self { row, record, own, acknowledged: 0, before: None })
    }

    /// Stores a record in the place of one whose state is damaged; the damaged bytes are kept aside.
    pub(super) fn heal(txn: &Txn<'_>, record: Record, replica: ReplicaId) -> Result<Self, StoreError> {
        let sql = "SELECT row, acknowledged FROM record WHERE id = ?1";
        let (row, acknowledged): (i64, i64) =
            txn.query_row(sql, params![record.id.0], |found| Ok((found.get(0)?, found.get(1)?)))?;
        txn.execute("INSERT INTO damaged_state (record, state) SELECT row, state FROM record WHERE row = ?1", [row])?;
        search::remove(txn, row)?;
        let before = Some(Before { words: Words::default(), blobs: BlobRefs::new() });
        let acknowledged = acknowledged.unsigned_abs();
        let mut healed = Self { row, record, own: 0, acknowledged, before };
        healed.update(txn, replica)?;
        Ok(healed)
    }

    /// Stores the changed state, and all that is derived from it.
    pub(super) fn update(&mut self, txn: &Txn<'_>, replica: ReplicaId) -> Result<(), StoreError> {
        self.own = self.record.state.version().get(replica);
        let derived = derive::Derived::of(&self.record);
        let sql = "UPDATE record SET state = ?2, doc = ?3, own = ?4, acknowledged = ?5, hidden = ?6, asking = ?7,
                   day = ?8, parent = ?9, about = ?10, place = ?11, template = ?12, stage = ?13, due = ?14, assignee = ?15,
                   derived = ?16, uncounted = ?17, marks = ?18, kin = ?19
                   WHERE row = ?1";
        txn.prepare_cached(sql)?.execute(params![
            self.row,
            encode_state(&self.record.state),
            derived.document,
            integer(self.own),
            integer(self.acknowledged),
            derived.hidden,
            derived.asking,
            derived.day,
            derived.parent,
            derived.about,
            derived.place,
            derived.template,
            derived.stage,
            derived.due,
            derived.assignee,
            derive::DERIVATION,
            derived.uncounted,
            derived.marks,
            derived.kin,
        ])?;
        tally::keep(txn, self.row, derived.tally.as_deref())?;
        txn.note(&self.record);
        let Some(before) = self.before.take() else { return Ok(()) };
        search::index(txn, self.row, &before.words, &Words::of(&self.record))?;
        references::track(txn, self.row, &before.blobs, &blob_refs(&self.record.state))?;
        if self.record.state.is_purged() {
            purged::note(txn, &before.blobs, !before.words.is_empty())?;
            purged::forget_drafts(txn, self.record.id, &self.record.kind)?;
        }
        Ok(())
    }
}

impl Row {
    /// Takes the record out of the store, and all that stands elsewhere on behalf of it.
    pub(super) fn remove(self, txn: &Txn<'_>) -> Result<(), StoreError> {
        search::remove(txn, self.row)?;
        references::track(txn, self.row, &blob_refs(&self.record.state), &BlobRefs::new())?;
        for sql in [
            "DELETE FROM outbox WHERE record = ?1",
            "DELETE FROM unechoed WHERE record = ?1",
            "DELETE FROM renamed WHERE record = ?1",
            "DELETE FROM search_waiting WHERE record = ?1",
            "DELETE FROM damaged_state WHERE record = ?1",
            "DELETE FROM record WHERE row = ?1",
        ] {
            txn.prepare_cached(sql)?.execute([self.row])?;
        }
        txn.note(&self.record);
        Ok(())
    }
}

/// The place of a record and its highest own counter, without its state.
pub(super) struct RecordRow {
    pub(super) row: i64,
    pub(super) own: u64,
}

/// Finds a record without reading its state.
pub(super) fn place(connection: &Connection, id: RecordId) -> Result<Option<RecordRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT row, own FROM record WHERE id = ?1")?;
    let found = statement
        .query_row([id.0], |row| Ok(RecordRow { row: row.get(0)?, own: row.get::<_, i64>(1)?.unsigned_abs() }));
    Ok(found.optional()?)
}

/// Notes that the server has acknowledged own writes of a record up to `counter`.
pub(super) fn acknowledge(txn: &Transaction<'_>, row: i64, counter: u64) -> Result<(), StoreError> {
    let sql = "UPDATE record SET acknowledged = max(acknowledged, ?2) WHERE row = ?1";
    txn.prepare_cached(sql)?.execute(params![row, integer(counter)])?;
    Ok(())
}
