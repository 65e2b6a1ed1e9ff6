//! The bytes of many records as one packed message of the baseline, and the file that keeps them.

use std::path::Path;

use rusqlite::Connection;

/// Rows in one message from a tablet, and to it: what Rounds sends.
pub(crate) const BATCH: usize = 200;
pub(crate) const PAGE: usize = 500;

pub(crate) fn open(file: &Path) -> anyhow::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("CREATE TABLE IF NOT EXISTS row (seq INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")?;
    Ok(connection)
}

pub(crate) fn insert(connection: &mut Connection, rows: &[&[u8]]) -> rusqlite::Result<()> {
    let txn = connection.transaction()?;
    for row in rows {
        txn.prepare_cached("INSERT INTO row (body) VALUES (?1)")?.execute([row])?;
    }
    txn.commit()
}

pub(crate) fn join(rows: impl Iterator<Item = impl AsRef<[u8]>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for row in rows {
        let row = row.as_ref();
        bytes.extend_from_slice(&(row.len() as u32).to_le_bytes());
        bytes.extend_from_slice(row);
    }
    bytes
}

pub(crate) fn split(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut rows = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<4>() {
        let (row, rest) = rest.split_at(u32::from_le_bytes(*length) as usize);
        rows.push(row);
        bytes = rest;
    }
    rows
}

pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 1).expect("memory to compress into")
}

pub(crate) fn unpack(packed: &[u8]) -> anyhow::Result<Vec<u8>> {
    Ok(zstd::bulk::decompress(packed, 64 << 20)?)
}
