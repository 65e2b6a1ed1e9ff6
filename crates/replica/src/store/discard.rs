//! Taking back what the server did not take.

use causal::{Record, RecordId, ReplicaId};
use rusqlite::{OptionalExtension, Transaction};

use super::records::Row;
use super::{Store, StoreError, Txn, identity, meta, outbox};

/// Names the records whose place the server's copy is to take, in the store's notes.
const PREFIX: &str = "discard/";

/// What becomes of a record whose change was discarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discarded {
    /// Nobody but this device had it: it is gone.
    Gone,
    /// The server's copy takes its place with the next exchange; until then it stands as it is.
    Reverting,
}

impl Store {
    /// Gives up what this device wrote to a record and the server did not take.
    ///
    /// A write takes the place of what its author had seen, so the values before are not here any more: the feed is read
    /// anew, and the server's copy takes the place of the record.
    /// With `by`, only what that person wrote.
    ///
    /// # Errors
    /// [`StoreError::NotRejected`], and [`StoreError::WrittenByOthers`] where somebody else's words would be lost with it.
    pub fn discard(&self, id: RecordId, by: Option<&str>) -> Result<Discarded, StoreError> {
        self.write(|txn| {
            let held = Row::load(txn, id)?.ok_or(StoreError::NotFound(id))?;
            let replica = identity::load(txn)?.replica;
            let is_relayed = rejected(txn, held.row)?.ok_or(StoreError::NotRejected(id))?;
            let is_refused = |dot: &causal::Dot| dot.replica == replica && dot.counter > held.acknowledged;
            let mut refused = held.record.state.writes().iter().filter(|(dot, _)| is_refused(dot)).peekable();
            let is_of = |stamp: &causal::Stamp| by.is_none_or(|by| stamp.by.as_deref() == Some(by));
            if is_relayed || refused.peek().is_none() || !refused.all(|(_, stamp)| is_of(stamp)) {
                return Err(StoreError::WrittenByOthers(id));
            }
            if is_own_alone(&held, replica) {
                held.remove(txn)?;
                return Ok(Discarded::Gone);
            }
            txn.note(&held.record);
            outbox::forget(txn, held.row)?;
            meta::set_meta(txn, &key(id), &true)?;
            txn.execute("UPDATE identity SET cursor = NULL, reached_end = 0", [])?;
            Ok(Discarded::Reverting)
        })
    }
}

/// Whether nobody else ever wrote to the record, and the server has never taken anything of it.
fn is_own_alone(held: &Row, replica: ReplicaId) -> bool {
    held.acknowledged == 0 && held.record.state.version().iter().all(|dot| dot.replica == replica)
}

/// Whether a rejected entry is passed on for others; nothing where none was rejected.
fn rejected(txn: &Transaction<'_>, row: i64) -> Result<Option<bool>, StoreError> {
    let sql = "SELECT relay FROM outbox WHERE record = ?1 AND rejected IS NOT NULL";
    Ok(txn.prepare_cached(sql)?.query_row([row], |row| row.get(0)).optional()?)
}

fn key(id: RecordId) -> String {
    format!("{PREFIX}{id}")
}

/// Puts the server's copy in the place of a record whose change was discarded; false for every other record.
///
/// Cost: none for a record without own writes that the server has not acknowledged.
pub(super) fn replace(
    txn: &Txn<'_>,
    held: &mut Row,
    incoming: &Record,
    replica: ReplicaId,
) -> Result<bool, StoreError> {
    if held.own <= held.acknowledged || txn.execute("DELETE FROM meta WHERE key = ?1", [key(incoming.id)])? == 0 {
        return Ok(false);
    }
    *held.state_mut() = incoming.state.clone();
    held.update(txn, replica)?;
    Ok(true)
}

/// The feed was read to its end: what it has not brought is not at the server, and goes.
pub(super) fn finish(txn: &Txn<'_>) -> Result<(), StoreError> {
    let sql = "SELECT substr(key, length(?1) + 1) FROM meta WHERE key >= ?1 AND key < ?1 || char(1114111)";
    let mut statement = txn.prepare_cached(sql)?;
    let ids: Vec<String> = statement.query_map([PREFIX], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in ids {
        txn.execute("DELETE FROM meta WHERE key = ?1", [format!("{PREFIX}{id}")])?;
        let held = id.parse().ok().map(|id| Row::load(txn, id)).transpose()?.flatten();
        if let Some(held) = held.filter(|held| held.own > held.acknowledged) {
            held.remove(txn)?;
        }
    }
    Ok(())
}
