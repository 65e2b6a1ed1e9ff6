//! Who this store is, and how it takes a new replica id.

use causal::{RecordId, ReplicaId, Seen};
use rusqlite::{OptionalExtension, Transaction, params};
use uuid::Uuid;

use super::derive::DERIVATION;
use super::integer::integer;
use super::records::Row;
use super::txn::Txn;
use super::{StoreError, outbox, search};
use crate::Ports;
use crate::ports::new_uuid_v4;

/// The one row that says who the store is and what it knows of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The replica id of the store.
    pub replica: ReplicaId,
    /// The last counter that a save used.
    pub counter: u64,
    /// The number of the last push that was answered.
    pub push_number: u64,
    /// Its digest.
    pub push_digest: Option<String>,
    /// The feed's epoch, once known.
    pub epoch: Option<String>,
    /// How far the feed was read.
    pub cursor: Option<String>,
    /// Whether a pull must end before anything is pushed.
    pub pull_first: bool,
    /// Whether the last page that was read was the end of the feed.
    pub reached_end: bool,
}

pub(super) fn load(txn: &rusqlite::Connection) -> Result<Identity, StoreError> {
    let sql = "SELECT replica, counter, push_number, push_digest, epoch, cursor, pull_first, reached_end FROM identity";
    let mut statement = txn.prepare_cached(sql)?;
    Ok(statement.query_row([], |row| {
        Ok(Identity {
            replica: ReplicaId(row.get(0)?),
            counter: row.get::<_, i64>(1)?.unsigned_abs(),
            push_number: row.get::<_, i64>(2)?.unsigned_abs(),
            push_digest: row.get(3)?,
            epoch: row.get(4)?,
            cursor: row.get(5)?,
            pull_first: row.get(6)?,
            reached_end: row.get(7)?,
        })
    })?)
}

/// Makes the identity of a new store, or notes that another version of the app has opened an old one; the search index is made anew
/// only where the rules of its words are others.
pub(super) fn ensure(txn: &Txn<'_>, ports: &Ports, app_version: &str) -> Result<(), StoreError> {
    let held: Option<String> = txn.query_row("SELECT app_version FROM identity", [], |row| row.get(0)).optional()?;
    match held {
        None => {
            let replica = new_uuid_v4(&*ports.entropy);
            txn.execute(
                "INSERT INTO identity (one, replica, counter, push_number, app_version, derived) VALUES (1, ?1, 0, 0, ?2, ?3)",
                params![replica, app_version, DERIVATION],
            )?;
        }
        Some(held) if held != app_version => {
            txn.execute("UPDATE identity SET app_version = ?1", [app_version])?;
            outbox::retry_rejected(txn)?;
        }
        Some(_) => {}
    }
    search::follow_rules(txn)
}

/// Takes the next counter for a save; the number is never given out again.
pub(super) fn next_counter(txn: &Transaction<'_>) -> Result<(ReplicaId, u64), StoreError> {
    let sql = "UPDATE identity SET counter = counter + 1 RETURNING replica, counter";
    let mut statement = txn.prepare_cached(sql)?;
    let (replica, counter): (Uuid, i64) = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((ReplicaId(replica), counter.unsigned_abs()))
}

/// Gives up the replica id: every own write that the server has not acknowledged moves to `new`, number for number.
///
/// The push in flight is given up with it, the chain starts from number 1, and nothing is pushed before a pull has ended.
pub(super) fn take_new_id(txn: &Txn<'_>, new: ReplicaId, now_ms: u64) -> Result<(), StoreError> {
    let old = load(txn)?.replica;
    txn.execute(
        "INSERT INTO replica_change (old, new, at) VALUES (?1, ?2, ?3)",
        params![old.0, new.0, integer(now_ms)],
    )?;
    let change = txn.last_insert_rowid();
    let rows: Vec<i64> = txn
        .prepare("SELECT row FROM record WHERE own > acknowledged ORDER BY row")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    txn.execute(
        "UPDATE identity SET replica = ?1, push_number = 0, push_digest = NULL, pull_first = 1, reached_end = 0",
        params![new.0],
    )?;
    txn.execute("DELETE FROM push_in_flight", [])?;
    for row in rows {
        move_own(txn, row, old, new, change)?;
    }
    txn.execute("UPDATE record SET own = 0, acknowledged = 0 WHERE acknowledged > 0 AND own <= acknowledged", [])?;
    Ok(())
}

fn move_own(txn: &Txn<'_>, row: i64, old: ReplicaId, new: ReplicaId, change: i64) -> Result<(), StoreError> {
    let Some(mut held) = Row::load_whole(txn, row)? else { return Ok(()) };
    let acknowledged = held.acknowledged;
    if !held.state_mut().move_own(old, acknowledged, new) {
        return Ok(());
    }
    held.acknowledged = 0;
    held.update(txn, new)?;
    txn.execute(
        "INSERT INTO renamed (record, change, acknowledged) VALUES (?1, ?2, ?3)",
        params![row, change, integer(acknowledged)],
    )?;
    outbox::changed(txn, row)
}

/// Reads `seen` as it is meant today, after every replica id that the record's writes have moved to since.
///
/// Whatever was handed out after a change mentions the id that the writes moved to, so a change that `seen` knows of, and
/// all before it, are in it already.
pub(super) fn translate_seen(txn: &Transaction<'_>, id: RecordId, seen: &mut Seen) -> Result<(), StoreError> {
    let sql = "SELECT c.old, c.new, r.acknowledged FROM renamed r JOIN replica_change c USING (change)
               WHERE r.record = (SELECT row FROM record WHERE id = ?1) ORDER BY change";
    let mut statement = txn.prepare_cached(sql)?;
    let changes = statement.query_map(params![id.0], |row| {
        Ok((ReplicaId(row.get(0)?), ReplicaId(row.get(1)?), row.get::<_, i64>(2)?.unsigned_abs()))
    })?;
    let changes: Vec<(ReplicaId, ReplicaId, u64)> = changes.collect::<Result<_, _>>()?;
    let known = changes.iter().rposition(|(_, new, _)| seen.mentions(*new)).map_or(0, |last| last + 1);
    for (old, new, acknowledged) in &changes[known..] {
        seen.move_own(*old, *acknowledged, *new);
    }
    Ok(())
}
