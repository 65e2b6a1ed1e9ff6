//! What the store still owes the server, oldest first.

use rusqlite::{Connection, Transaction, params};
use wire::{Problem, ProblemType};

use super::StoreError;
use super::integer::integer;

/// One record that waits to be sent, as a person sees it.
#[derive(Clone, Debug)]
pub struct QueueEntry {
    /// The record.
    pub id: causal::RecordId,
    /// Its kind.
    pub kind: String,
    /// Bytes of its state.
    pub bytes: u64,
    /// When it was queued, ms since 1970 UTC.
    pub queued_at: u64,
    /// How often it was sent or tried.
    pub attempts: u64,
    /// Whether it is passed on for others rather than written here.
    pub relay: bool,
    /// Why the server did not take it; it waits for a change then.
    pub rejected: Option<Problem>,
}

/// Queues a record that was saved here.
pub(super) fn saved(txn: &Transaction<'_>, row: i64, now_ms: u64) -> Result<(), StoreError> {
    let sql = "INSERT INTO outbox (record, queued_at) VALUES (?1, ?2)
               ON CONFLICT (record) DO UPDATE SET rejected = NULL";
    txn.prepare_cached(sql)?.execute(params![row, integer(now_ms)])?;
    Ok(())
}

/// A change of the record gives a rejected entry another try.
pub(super) fn changed(txn: &Transaction<'_>, row: i64) -> Result<(), StoreError> {
    txn.prepare_cached("UPDATE outbox SET rejected = NULL WHERE record = ?1 AND rejected IS NOT NULL")?
        .execute([row])?;
    Ok(())
}

/// Queues every record that still has a value, for a server that has forgotten what it knew.
pub(super) fn relay_everything(txn: &Transaction<'_>, now_ms: u64) -> Result<(), StoreError> {
    txn.execute(
        "INSERT INTO outbox (record, relay, queued_at) SELECT row, 1, ?1 FROM record WHERE hidden < 2 ORDER BY row
         ON CONFLICT (record) DO UPDATE SET relay = 1, rejected = NULL, alarmed = 0",
        [integer(now_ms)],
    )?;
    Ok(())
}

/// Queues what the server had taken and the feed has not brought back: a server that went back may have lost it, and one
/// that has not brings it in the next pull, which takes it from the queue again.
pub(super) fn relay_unechoed(txn: &Transaction<'_>, now_ms: u64) -> Result<(), StoreError> {
    txn.execute(
        "INSERT INTO outbox (record, relay, queued_at) SELECT row, 1, ?1 FROM record
         WHERE hidden < 2 AND row IN (SELECT record FROM unechoed) ORDER BY row
         ON CONFLICT (record) DO UPDATE SET relay = 1",
        [integer(now_ms)],
    )?;
    Ok(())
}

/// The server is known to hold all of the record that was sent or held here: nothing is left to pass on.
///
/// The record leaves the queue, unless own writes wait that the server has not acknowledged.
pub(super) fn relayed(txn: &Transaction<'_>, row: i64) -> Result<(), StoreError> {
    let settled = "DELETE FROM outbox WHERE record = ?1
                   AND EXISTS (SELECT 1 FROM record WHERE row = ?1 AND own <= acknowledged)";
    if txn.prepare_cached(settled)?.execute([row])? == 0 {
        txn.prepare_cached("UPDATE outbox SET relay = 0 WHERE record = ?1 AND relay = 1")?.execute([row])?;
    }
    Ok(())
}

/// Notes that the server did not take a record.
pub(super) fn reject(txn: &Transaction<'_>, row: i64, problem: &Problem) -> Result<(), StoreError> {
    let text = serde_json::to_string(problem).unwrap_or_default();
    txn.prepare_cached("UPDATE outbox SET rejected = ?2 WHERE record = ?1")?.execute(params![row, text])?;
    Ok(())
}

/// Puts another reason, or none, in the place of a rejection with a problem of this type.
pub(super) fn replace_rejection(
    txn: &Transaction<'_>,
    kind: ProblemType,
    problem: Option<&Problem>,
) -> Result<(), StoreError> {
    let text = problem.and_then(|problem| serde_json::to_string(problem).ok());
    let sql = "UPDATE outbox SET rejected = ?2 WHERE rejected ->> '$.type' = ?1";
    txn.prepare_cached(sql)?.execute(params![kind.urn(), text])?;
    Ok(())
}

/// Takes a record out of the queue: what was written is given up.
pub(super) fn forget(txn: &Transaction<'_>, row: i64) -> Result<(), StoreError> {
    txn.prepare_cached("DELETE FROM outbox WHERE record = ?1")?.execute([row])?;
    Ok(())
}

/// Notes that a rejected record has raised the fork alarm; false when it already had.
pub(super) fn first_alarm(txn: &Transaction<'_>, row: i64) -> Result<bool, StoreError> {
    Ok(txn.execute("UPDATE outbox SET alarmed = 1 WHERE record = ?1 AND alarmed = 0", [row])? == 1)
}

/// Gives every rejected record another try: the app was updated.
pub(super) fn retry_rejected(txn: &Transaction<'_>) -> Result<(), StoreError> {
    txn.execute("UPDATE outbox SET rejected = NULL", [])?;
    Ok(())
}

/// Entries that wait, rejected ones included; and the rejected ones alone.
pub(super) fn counts(connection: &Connection) -> Result<(u64, u64), StoreError> {
    let sql = "SELECT count(*), count(rejected) FROM outbox";
    let (all, rejected): (i64, i64) = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((all.unsigned_abs(), rejected.unsigned_abs()))
}

/// The queue, oldest first.
pub(super) fn entries(connection: &Connection, limit: u64) -> Result<Vec<QueueEntry>, StoreError> {
    let sql = "SELECT r.id, r.kind, length(r.state), o.queued_at, o.attempts, o.relay, o.rejected
               FROM outbox o JOIN record r ON r.row = o.record ORDER BY o.position LIMIT ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([integer(limit)], |row| {
        let rejected: Option<String> = row.get(6)?;
        Ok(QueueEntry {
            id: causal::RecordId(row.get(0)?),
            kind: row.get(1)?,
            bytes: row.get::<_, i64>(2)?.unsigned_abs(),
            queued_at: row.get::<_, i64>(3)?.unsigned_abs(),
            attempts: row.get::<_, i64>(4)?.unsigned_abs(),
            relay: row.get(5)?,
            rejected: rejected.and_then(|text| Problem::decode(text.as_bytes())),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
