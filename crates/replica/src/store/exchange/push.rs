//! The way out: freezing what the outbox owes, and storing what the server answers.

use std::collections::HashMap;

use causal::{RecordId, ReplicaId, State, VersionVector};
use rusqlite::{OptionalExtension, Transaction, params};
use wire::{
    Outcome, Problem, ProblemType, PushAnswer, PushHead, PushRequest, RecordsWriter, digest, encode_push_request,
    encode_version,
};

use super::incoming::{acknowledged, merge_in};
use super::{Frozen, PushBounds, Settled};
use crate::ports::new_uuid_v4;
use crate::store::integer::integer;
use crate::store::records::{self, Row};
use crate::store::{Store, StoreError, identity, outbox};

impl Store {
    /// The push that waits for its answer, if there is one.
    pub(crate) fn in_flight(&self) -> Result<Option<Frozen>, StoreError> {
        let connection = self.read();
        let mut statement = connection.prepare_cached("SELECT number, body FROM push_in_flight")?;
        let found = statement.query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))).optional()?;
        Ok(found.map(|(number, body)| Frozen { number: number.unsigned_abs(), digest: digest(&body), body }))
    }

    /// Whether an entry of the outbox can be sent now.
    pub(crate) fn sendable(&self) -> Result<bool, StoreError> {
        let connection = self.read();
        let mut statement = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM outbox WHERE rejected IS NULL)")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Whether there is a record or a blob that can be sent now.
    pub(crate) fn owes_anything(&self) -> Result<bool, StoreError> {
        Ok(self.sendable()? || self.next_upload()?.is_some())
    }

    /// Freezes the next push: the oldest entries of the outbox, or the smallest, within `bounds`.
    pub(crate) fn freeze(&self, bounds: PushBounds) -> Result<Option<Frozen>, StoreError> {
        self.write(|txn| {
            let known = identity::load(txn)?;
            let Some(epoch) = known.epoch else { return Ok(None) };
            let mut writer = RecordsWriter::new();
            for (position, row) in sendable_rows(txn, bounds)? {
                let Some(held) = Row::load_whole(txn, row)? else {
                    outbox::reject(txn, row, &damaged_problem())?;
                    continue;
                };
                if !writer.push_within(&held.record, bounds.bytes) {
                    break;
                }
                txn.prepare_cached("UPDATE outbox SET attempts = attempts + 1 WHERE position = ?1")?
                    .execute([position])?;
            }
            if writer.is_empty() {
                return Ok(None);
            }
            let number = known.push_number + 1;
            let head = PushHead { epoch, replica: known.replica, number, previous: known.push_digest };
            let body = encode_push_request(&head, writer);
            let sql = "INSERT INTO push_in_flight (one, number, body) VALUES (1, ?1, ?2)";
            txn.execute(sql, params![integer(number), body])?;
            Ok(Some(Frozen { number, digest: digest(&body), body }))
        })
    }

    /// Gives the frozen push up: the server refused it whole, and it consumed no number.
    pub(crate) fn thaw(&self) -> Result<(), StoreError> {
        self.write(|txn| Ok(txn.execute("DELETE FROM push_in_flight", []).map(drop)?))
    }

    /// Gives the frozen push up, and marks what it carried as rejected, but for records saved again since: those are other
    /// states.
    pub(crate) fn reject_in_flight(&self, frozen: &Frozen, problem: &Problem) -> Result<(), StoreError> {
        self.write(|txn| {
            let replica = identity::load(txn)?.replica;
            for (id, sent) in sent_states(frozen)? {
                let place = records::place(txn, id)?;
                if let Some(place) = place.filter(|place| place.own <= sent.version().get(replica)) {
                    outbox::reject(txn, place.row, problem)?;
                }
            }
            Ok(txn.execute("DELETE FROM push_in_flight", []).map(drop)?)
        })
    }

    /// Gives the entries another try that were rejected with a problem of one of these types.
    pub(crate) fn take_up_again(&self, kinds: &[ProblemType]) -> Result<(), StoreError> {
        if outbox::counts(&self.read())?.1 == 0 {
            return Ok(());
        }
        self.write(|txn| kinds.iter().try_for_each(|kind| outbox::replace_rejection(txn, *kind, None)))
    }

    /// Rejects the entries for another reason that were rejected with a problem of one of these types.
    pub(crate) fn reject_passing(&self, kinds: &[ProblemType], problem: &Problem) -> Result<(), StoreError> {
        self.write(|txn| kinds.iter().try_for_each(|kind| outbox::replace_rejection(txn, *kind, Some(problem))))
    }

    /// Stores the answer to the frozen push: acknowledgements, rejections and merged states together.
    pub(crate) fn settle(&self, frozen: &Frozen, answer: PushAnswer) -> Result<Settled, StoreError> {
        let now = self.now_ms();
        let sent = sent_states(frozen)?;
        self.write(|txn| {
            let replica = identity::load(txn)?.replica;
            if self.answer_shows_a_twin(txn, replica, &sent, &answer)? {
                identity::take_new_id(txn, ReplicaId(new_uuid_v4(&*self.ports().entropy)), now)?;
                return Ok(Settled::Forked);
            }
            let mut taken = 0;
            for record in answer.records {
                merge_in(txn, record, replica)?;
            }
            let outcomes: HashMap<&str, &wire::PushResult> =
                answer.results.iter().map(|result| (result.id.as_str(), result)).collect();
            for (id, state) in &sent {
                let result = outcomes.get(id.to_string().as_str()).copied();
                taken += u64::from(settle_record(txn, *id, state.version(), replica, result)?);
            }
            txn.execute("DELETE FROM push_in_flight", [])?;
            txn.execute(
                "UPDATE identity SET push_number = ?1, push_digest = ?2",
                params![integer(frozen.number), frozen.digest.to_string()],
            )?;
            Ok(Settled::Stored { taken })
        })
    }

    fn answer_shows_a_twin(
        &self,
        txn: &Transaction<'_>,
        replica: ReplicaId,
        sent: &HashMap<RecordId, State>,
        answer: &PushAnswer,
    ) -> Result<bool, StoreError> {
        for record in &answer.records {
            let acknowledged = acknowledged(txn, record.id)?;
            let mine = sent.get(&record.id);
            let known = acknowledged.max(mine.map_or(0, |state| state.version().get(replica)));
            let is_lost = mine.is_some_and(|mine| lacks_a_first_write(mine, &record.state, replica, acknowledged));
            if is_lost || record.state.version().get(replica) > known {
                return Ok(true);
            }
        }
        for result in &answer.results {
            let is_forked = result.problem.as_ref().and_then(Problem::kind) == Some(ProblemType::ForkedWrite);
            let Some(id) = result.id.parse().ok().filter(|_| is_forked) else { continue };
            let Some(row) = Row::load(txn, id)? else { continue };
            if row.own > row.acknowledged && outbox::first_alarm(txn, row.row)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// A record that is damaged here stays in the queue, named, and in nobody's way.
fn damaged_problem() -> Problem {
    let detail = "its bytes are not those that were written; `rounds salvage` saves what is whole";
    Problem { status: None, ..Problem::new(ProblemType::DamagedRecord).detail(detail) }
}

fn sendable_rows(txn: &Transaction<'_>, bounds: PushBounds) -> Result<Vec<(i64, i64)>, StoreError> {
    let sql = if bounds.smallest_first {
        "SELECT position, record FROM outbox JOIN record ON row = record
         WHERE rejected IS NULL ORDER BY length(state), position LIMIT ?1"
    } else {
        "SELECT position, record FROM outbox WHERE rejected IS NULL ORDER BY position LIMIT ?1"
    };
    let mut statement = txn.prepare_cached(sql)?;
    let rows = statement.query_map([integer(bounds.records)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The records in a frozen push as they were sent.
fn sent_states(frozen: &Frozen) -> Result<HashMap<RecordId, State>, StoreError> {
    let request = PushRequest::decode(&frozen.body).map_err(|error| StoreError::Damaged(error.to_string()))?;
    Ok(request
        .records
        .into_iter()
        .filter_map(|sent| sent.record.ok())
        .map(|record| (record.id, record.state))
        .collect())
}

/// Whether the server's state lacks a write that this push sent for the first time: nobody can have replaced it yet.
fn lacks_a_first_write(sent: &State, server: &State, replica: ReplicaId, acknowledged: u64) -> bool {
    sent.fields().iter().any(|(name, siblings)| {
        let held = server.fields().get(name);
        let mut first = siblings.keys().filter(|dot| dot.replica == replica && dot.counter > acknowledged);
        first.any(|dot| held.is_none_or(|held| !held.contains_key(dot)))
    })
}

/// Stores what the server made of one sent record; returns whether it took it.
fn settle_record(
    txn: &Transaction<'_>,
    id: RecordId,
    sent: &VersionVector,
    replica: ReplicaId,
    result: Option<&wire::PushResult>,
) -> Result<bool, StoreError> {
    let Some(place) = records::place(txn, id)? else { return Ok(false) };
    let sent_own = sent.get(replica);
    match result.map(|result| result.outcome) {
        Some(outcome @ (Outcome::Merged | Outcome::Unchanged)) => {
            records::acknowledge(txn, place.row, sent_own)?;
            if outcome == Outcome::Merged {
                let sql = "INSERT OR REPLACE INTO unechoed (record, version) VALUES (?1, ?2)";
                txn.prepare_cached(sql)?.execute(params![place.row, encode_version(sent)])?;
            }
            outbox::relayed(txn, place.row)?;
            Ok(true)
        }
        // A record saved again since it was frozen is another state: it goes out again.
        _ if place.own > sent_own => Ok(false),
        _ => {
            let unanswered =
                || Problem::new(ProblemType::BadRequest).detail("the server's answer does not name this record");
            let problem = result.and_then(|result| result.problem.clone()).unwrap_or_else(unanswered);
            outbox::reject(txn, place.row, &problem)?;
            Ok(false)
        }
    }
}
