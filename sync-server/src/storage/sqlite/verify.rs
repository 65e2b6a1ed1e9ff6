//! Everything about the file that can be wrong, found without trusting any of it.

use std::collections::BTreeMap;

use rusqlite::Connection;
use uuid::Uuid;

use super::{blobs, row};
use crate::storage::{Result, changes};

/// Sentences for people; empty when all is well.
pub(super) fn verify(db: &Connection) -> Result<Vec<String>> {
    let mut found = engine_findings(db)?;
    if !found.is_empty() {
        return Ok(found);
    }
    let mut statement = db.prepare(&format!("select {} from organisation order by rowid", row::ORGANISATION))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        match row::organisation(row) {
            Ok(organisation) => verify_organisation(db, organisation.id, organisation.last_seq, &mut found)?,
            Err(error) => found.push(error.to_string()),
        }
    }
    Ok(found)
}

fn engine_findings(db: &Connection) -> Result<Vec<String>> {
    let mut found = Vec::new();
    db.pragma_query(None, "integrity_check", |row| {
        let line: String = row.get(0)?;
        if line != "ok" {
            found.push(format!("the database file is damaged: {line}"));
        }
        Ok(())
    })?;
    db.pragma_query(None, "foreign_key_check", |row| {
        found.push(format!("a row of {} belongs to nothing", row.get::<_, String>(0)?));
        Ok(())
    })?;
    Ok(found)
}

fn verify_organisation(db: &Connection, id: Uuid, last_seq: u64, found: &mut Vec<String>) -> Result<()> {
    verify_records(db, id, last_seq, found)?;
    let newest = verify_journal(db, id, last_seq, found)?;
    verify_places(db, id, &newest, found)?;
    verify_starts(db, id, last_seq, found)?;
    verify_chains(db, id, found)?;
    found.extend(blobs::unnoted_references(db, id)?);
    let mut statement = db.prepare(&format!("select {} from device where organisation = ?", row::DEVICE))?;
    let mut rows = statement.query([id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        found.extend(row::device(row).err().map(|error| error.to_string()));
    }
    Ok(())
}

fn verify_records(db: &Connection, id: Uuid, last_seq: u64, found: &mut Vec<String>) -> Result<()> {
    let mut statement =
        db.prepare(&format!("select {} from record where organisation = ? order by seq", row::RECORD))?;
    let mut rows = statement.query([id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let stored = match row::stored_record(row) {
            Ok(stored) => stored,
            Err(error) => {
                found.push(error.to_string());
                continue;
            }
        };
        let record = &stored.record;
        if !wire::is_kind(&record.kind) {
            found.push(format!("record {}: its kind is not one", record.id));
        }
        if record.state.is_new() {
            found.push(format!("record {}: nobody has written it", record.id));
        }
        if !record.state.version().covers_all(&stored.purged) {
            found.push(format!("record {}: more was purged than it has seen", record.id));
        }
        if record.state.writes().keys().any(|dot| stored.purged.covers(*dot)) {
            found.push(format!("record {}: a purged write is there", record.id));
        }
        if stored.seq > last_seq {
            found
                .push(format!("record {}: its place {} is past the end of the feed {last_seq}", record.id, stored.seq));
        }
    }
    Ok(())
}

/// The journal must hold each place of the feed once; gives the newest place of each record.
fn verify_journal(db: &Connection, id: Uuid, last_seq: u64, found: &mut Vec<String>) -> Result<BTreeMap<Uuid, u64>> {
    let mut newest = BTreeMap::new();
    let mut expected = 1;
    let mut statement =
        db.prepare(&format!("select {} from journal where organisation = ? order by seq", row::JOURNAL))?;
    let mut rows = statement.query([id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        match row::journal(row) {
            Ok(line) => {
                if line.seq != expected {
                    found.push(format!("the journal goes from place {} to {}", expected - 1, line.seq));
                }
                if changes::decode(&line.changes).is_err() {
                    found.push(format!("the journal's place {} is damaged", line.seq));
                }
                expected = line.seq + 1;
                newest.insert(line.record.0, line.seq);
            }
            Err(error) => found.push(error.to_string()),
        }
    }
    if expected != last_seq + 1 {
        found.push(format!("the journal ends at place {}, and the feed at {last_seq}", expected - 1));
    }
    Ok(newest)
}

fn verify_places(db: &Connection, id: Uuid, newest: &BTreeMap<Uuid, u64>, found: &mut Vec<String>) -> Result<()> {
    let mut records = 0;
    let mut statement = db.prepare("select id, seq from record where organisation = ?")?;
    let mut rows = statement.query([id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        records += 1;
        let (record, seq) = (row::uuid(row, 0, "record")?, row::number(row, 1, "record")?);
        if newest.get(&record) != Some(&seq) {
            found.push(format!("record {record}: its place {seq} is not the newest that the journal has for it"));
        }
    }
    if records != newest.len() {
        found.push(format!("the journal knows {} records, and the feed holds {records}", newest.len()));
    }
    Ok(())
}

fn verify_starts(db: &Connection, id: Uuid, last_seq: u64, found: &mut Vec<String>) -> Result<()> {
    let mut statement =
        db.prepare("select first_seq, start from feed_start where organisation = ? order by first_seq")?;
    let mut rows = statement.query([id.as_bytes()])?;
    let mut last: Option<(u64, Uuid)> = None;
    while let Some(row) = rows.next()? {
        let (first, start) = (row::number(row, 0, "start")?, row::uuid(row, 1, "start")?);
        if last.is_none() && first != 1 {
            found.push(format!("the first start that wrote begins at place {first}"));
        }
        if first > last_seq {
            found.push(format!("a start begins at place {first}, past the end of the feed {last_seq}"));
        }
        if last.is_some_and(|(_, before)| before == start) {
            found.push(format!("the start at place {first} is the one before"));
        }
        last = Some((first, start));
    }
    if last.is_none() && last_seq > 0 {
        found.push("no start is noted for the feed".to_owned());
    }
    Ok(())
}

fn verify_chains(db: &Connection, id: Uuid, found: &mut Vec<String>) -> Result<()> {
    let mut statement = db.prepare(
        "select chain.replica, number, digest, answer, replica.device from chain left join replica
         on replica.organisation = chain.organisation and replica.id = chain.replica where chain.organisation = ?",
    )?;
    let mut rows = statement.query([id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let replica = row::uuid(row, 0, "push chain")?;
        let number = row::number(row, 1, "push chain")?;
        let digest: Vec<u8> = row.get(2)?;
        let answer: Vec<u8> = row.get(3)?;
        let answer = zstd::decode_all(answer.as_slice()).ok();
        let kept = answer.and_then(|answer| wire::PushAnswer::decode(&answer).ok());
        if kept.is_none_or(|kept| kept.number != number || kept.digest.0.as_slice() != digest.as_slice()) {
            found.push(format!("replica {replica}: the kept answer is not the one of push {number}"));
        }
        if row.get_ref(4)?.as_blob_or_null().ok().flatten().is_none() {
            found.push(format!("replica {replica}: it pushes, but belongs to no device"));
        }
    }
    Ok(())
}
