//! Everything about the tables that can be wrong, found without trusting any row.

use std::collections::BTreeSet;

use tokio_postgres::Row;
use uuid::Uuid;
use wire::BlobId;

use super::row::{self, int};
use super::txn::PostgresTxn;
use crate::storage::{Result, StoredRecord, findings};

/// Lines of the journal that are brought in one go.
const LINES: i64 = 200;
/// Records that are brought in one go.
const RECORDS: i64 = 50;

/// Sentences for people; empty when all is well.
///
/// Keys and references are the database's own to watch.
pub(super) fn verify(txn: &PostgresTxn<'_>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let sql = format!("select {} from organisation order by ordinal", row::ORGANISATION);
    for organisation in txn.all(&sql, &[], |row| Ok(row::organisation(row)))? {
        match organisation {
            Ok(one) => verify_organisation(txn, one.id, one.last_seq, &mut found)?,
            Err(error) => found.push(error.to_string()),
        }
    }
    Ok(found)
}

fn verify_organisation(txn: &PostgresTxn<'_>, id: Uuid, last_seq: u64, found: &mut Vec<String>) -> Result<()> {
    let mut journal = verify_journal(txn, id, last_seq, found)?;
    let unnoted = verify_records(txn, id, last_seq, &mut journal, found)?;
    let sql = "select first_seq, start from feed_start where organisation = $1 order by first_seq";
    let starts = txn.all(sql, &[&id], |row| Ok((row::number(row, 0, "start")?, row::get(row, 1, "start")?)))?;
    findings::of_starts(&starts, last_seq, found);
    verify_chains(txn, id, found)?;
    found.extend(unnoted);
    let sql = format!("select {} from device where organisation = $1 order by ordinal", row::DEVICE);
    let devices = txn.all(&sql, &[&id], |row| Ok(row::device(row)))?;
    found.extend(devices.into_iter().filter_map(|device| Some(device.err()?.to_string())));
    Ok(())
}

fn verify_journal(
    txn: &PostgresTxn<'_>,
    id: Uuid,
    last_seq: u64,
    found: &mut Vec<String>,
) -> Result<findings::Journal> {
    let mut journal = findings::Journal::default();
    let sql =
        format!("select {} from journal where organisation = $1 and seq > $2 order by seq limit $3", row::JOURNAL);
    let mut after = 0;
    loop {
        let read = |row: &Row| Ok((row::number(row, 0, "journal")?, row::journal(row)));
        let part = txn.all(&sql, &[&id, &int(after), &LINES], read)?;
        let Some((last, _)) = part.last() else { break };
        after = *last;
        for (_, line) in part {
            match line {
                Ok(line) => journal.line(&line, found),
                Err(error) => found.push(error.to_string()),
            }
        }
    }
    journal.end(last_seq, found);
    Ok(journal)
}

/// Gives what is to be said of blobs that a live value names, and that nobody has noted: whoever may read the record could
/// not read them.
fn verify_records(
    txn: &PostgresTxn<'_>,
    id: Uuid,
    last_seq: u64,
    journal: &mut findings::Journal,
    found: &mut Vec<String>,
) -> Result<Vec<String>> {
    let sql = "select blob, record, true from blob_reference where organisation = $1 and not is_purged";
    let noted = txn.all(sql, &[&id], |row| row::reference(row).map(|noted| (noted.record.0, noted.blob)))?;
    let (noted, mut unnoted): (BTreeSet<(Uuid, BlobId)>, _) = (noted.into_iter().collect(), Vec::new());
    let sql = format!("select {} from record where organisation = $1 and seq > $2 order by seq limit $3", row::RECORD);
    let mut after = 0;
    loop {
        let read =
            |row: &Row| Ok((row::get(row, 0, "record")?, row::number(row, 3, "record")?, row::stored_record(row)));
        let part: Vec<(Uuid, u64, Result<StoredRecord>)> = txn.all(&sql, &[&id, &int(after), &RECORDS], read)?;
        let Some((_, last, _)) = part.last() else { break };
        after = *last;
        for (record, seq, stored) in part {
            journal.record(record, seq, found);
            match stored {
                Err(error) => found.push(error.to_string()),
                Ok(stored) => {
                    findings::of_record(&stored, last_seq, found);
                    let named = wire::blob_refs(&stored.record.state).into_keys();
                    let missing = named.filter(|blob| !noted.contains(&(record, *blob)));
                    unnoted.extend(
                        missing.map(|blob| format!("record {record}: it names blob {blob}, which is not noted")),
                    );
                }
            }
        }
    }
    journal.end_of_records(found);
    Ok(unnoted)
}

fn verify_chains(txn: &PostgresTxn<'_>, id: Uuid, found: &mut Vec<String>) -> Result<()> {
    let sql = "select chain.replica, number, digest, answer, replica.device is not null from chain left join replica
         on replica.organisation = chain.organisation and replica.id = chain.replica where chain.organisation = $1
         and chain.replica > $2 order by chain.replica limit 20";
    let mut after = Uuid::nil();
    loop {
        let looked = txn.all(sql, &[&id, &after], |row| {
            let what = "push chain";
            let chain = findings::Chain {
                replica: row::get(row, 0, what)?,
                number: row::number(row, 1, what)?,
                digest: row::get(row, 2, what)?,
                answer: row::get(row, 3, what)?,
                has_device: row::get(row, 4, what)?,
            };
            findings::of_chain(&chain, found);
            Ok(chain.replica)
        })?;
        match looked.last() {
            Some(replica) => after = *replica,
            None => return Ok(()),
        }
    }
}
