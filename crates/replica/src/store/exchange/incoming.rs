//! Records from outside, whichever message brought them.

use causal::{Record, RecordId, ReplicaId, State};
use rusqlite::{OptionalExtension, Transaction};

use crate::store::records::Row;
use crate::store::txn::Txn;
use crate::store::{StoreError, discard, outbox};

/// The highest own counter that the server has acknowledged for a record.
pub(super) fn acknowledged(txn: &Transaction<'_>, id: RecordId) -> Result<u64, StoreError> {
    let mut statement = txn.prepare_cached("SELECT acknowledged FROM record WHERE id = ?1")?;
    let counter: Option<i64> = statement.query_row([id.0], |row| row.get(0)).optional()?;
    Ok(counter.map_or(0, i64::unsigned_abs))
}

/// What a record from outside did to the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Merged {
    /// It was not there before.
    New,
    /// It brought something.
    Changed,
    /// All of it was known.
    Unchanged,
}

/// Merges a record of the server into the store.
pub(super) fn merge_in(txn: &Txn<'_>, incoming: Record, replica: ReplicaId) -> Result<Merged, StoreError> {
    let mut held = match Row::load(txn, incoming.id) {
        Ok(Some(held)) => held,
        Ok(None) => {
            Row::insert(txn, incoming, replica)?;
            return Ok(Merged::New);
        }
        Err(StoreError::Damaged(why)) => {
            tracing::warn!(id = %incoming.id, why, "the server's state takes the place of a damaged one");
            let row = Row::heal(txn, incoming, replica)?.row;
            outbox::relayed(txn, row)?;
            return Ok(Merged::Changed);
        }
        Err(error) => return Err(error),
    };
    if held.record.kind != incoming.kind || held.record.scope != incoming.scope {
        tracing::warn!(id = %incoming.id, "the server holds another record under this id; the local one stays");
        return Ok(Merged::Unchanged);
    }
    if discard::replace(txn, &mut held, &incoming, replica)? {
        return Ok(Merged::Changed);
    }
    let is_known_to_server = incoming.state.version().covers_all(held.record.state.version());
    let is_changed = match joined(&held.record.state, &incoming.state) {
        Some(joined) => {
            *held.state_mut() = joined;
            held.update(txn, replica)?;
            true
        }
        None => false,
    };
    // A purge may bring nothing that was not purged here before, and yet clear the way for what the server did not take.
    if is_changed || incoming.state.is_purged() {
        outbox::changed(txn, held.row)?;
    }
    if is_known_to_server {
        outbox::relayed(txn, held.row)?;
    }
    Ok(if is_changed { Merged::Changed } else { Merged::Unchanged })
}

/// What the two states make together, where that is another state than the first.
///
/// A device's own records come back to it as they are, so the equal ones are told apart before anything is copied.
fn joined(held: &State, incoming: &State) -> Option<State> {
    if held == incoming {
        return None;
    }
    let mut joined = held.clone();
    joined.merge(incoming);
    (joined != *held).then_some(joined)
}
