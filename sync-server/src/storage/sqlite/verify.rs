//! Everything about the file that can be wrong, found without trusting any of it.

use rusqlite::Connection;
use uuid::Uuid;

use super::{blobs, row};
use crate::storage::{Result, findings};

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
    let mut journal = verify_journal(db, id, last_seq, found)?;
    verify_places(db, id, &mut journal, found)?;
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
        match row::stored_record(row) {
            Ok(stored) => findings::of_record(&stored, last_seq, found),
            Err(error) => found.push(error.to_string()),
        }
    }
    Ok(())
}

fn verify_journal(db: &Connection, id: Uuid, last_seq: u64, found: &mut Vec<String>) -> Result<findings::Journal> {
    let mut journal = findings::Journal::default();
    let mut statement =
        db.prepare(&format!("select {} from journal where organisation = ? order by seq", row::JOURNAL))?;
    let mut rows = statement.query([id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        match row::journal(row) {
            Ok(line) => journal.line(&line, found),
            Err(error) => found.push(error.to_string()),
        }
    }
    journal.end(last_seq, found);
    Ok(journal)
}

fn verify_places(db: &Connection, id: Uuid, journal: &mut findings::Journal, found: &mut Vec<String>) -> Result<()> {
    let mut statement = db.prepare("select id, seq from record where organisation = ?")?;
    let mut rows = statement.query([id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        journal.record(row::uuid(row, 0, "record")?, row::number(row, 1, "record")?, found);
    }
    journal.end_of_records(found);
    Ok(())
}

fn verify_starts(db: &Connection, id: Uuid, last_seq: u64, found: &mut Vec<String>) -> Result<()> {
    let mut statement =
        db.prepare("select first_seq, start from feed_start where organisation = ? order by first_seq")?;
    let mut rows = statement.query([id.as_bytes()])?;
    let mut starts = Vec::new();
    while let Some(row) = rows.next()? {
        starts.push((row::number(row, 0, "start")?, row::uuid(row, 1, "start")?));
    }
    findings::of_starts(&starts, last_seq, found);
    Ok(())
}

fn verify_chains(db: &Connection, id: Uuid, found: &mut Vec<String>) -> Result<()> {
    let mut statement = db.prepare(
        "select chain.replica, number, digest, answer, replica.device from chain left join replica
         on replica.organisation = chain.organisation and replica.id = chain.replica where chain.organisation = ?",
    )?;
    let mut rows = statement.query([id.as_bytes()])?;
    while let Some(row) = rows.next()? {
        let (digest, answer): (Vec<u8>, Vec<u8>) = (row.get(2)?, row.get(3)?);
        let chain = findings::Chain {
            replica: row::uuid(row, 0, "push chain")?,
            number: row::number(row, 1, "push chain")?,
            digest: &digest,
            answer: &answer,
            has_device: row.get_ref(4)?.as_blob_or_null().ok().flatten().is_some(),
        };
        findings::of_chain(&chain, found);
    }
    Ok(())
}
