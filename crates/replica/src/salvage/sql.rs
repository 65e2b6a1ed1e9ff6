//! What SQLite itself can still give.

use std::path::Path;

use causal::{Record, RecordId};
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::finds::Finds;
use crate::store::{StoreError, all_pending};
use crate::{Draft, DraftKey};

/// Reads what can be read; an error says that there may be more.
pub(super) fn read(file: &Path, finds: &mut Finds) -> Result<(), StoreError> {
    let connection = Connection::open(file)?;
    let meta = read_meta(&connection, finds);
    // An older file has none.
    if let Err(error) = read_drafts(&connection, finds) {
        tracing::info!(%error, "no more of what people had begun is found");
    }
    match all_pending(&connection) {
        Ok(pending) => finds.pending = pending,
        Err(error) => tracing::info!(%error, "no findings that are owed are found"),
    }
    // From both ends: what is damaged in the middle ends each walk.
    let upwards = read_records(&connection, "ASC", finds);
    if upwards.is_err() {
        read_records(&connection, "DESC", finds)?;
    }
    meta.and(upwards)
}

fn read_meta(connection: &Connection, finds: &mut Finds) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT key, value FROM meta")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        finds.meta.insert(row.get(0)?, row.get(1)?);
    }
    Ok(())
}

fn read_drafts(connection: &Connection, finds: &mut Finds) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare(r#"SELECT person, form, record, declared, seen, base, "set", at FROM draft"#)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let fields = |text: String| serde_json::from_str(&text).unwrap_or_default();
        let record: String = row.get(2)?;
        finds.drafts.push(Draft {
            key: DraftKey {
                person: row.get(0)?,
                form: row.get(1)?,
                record: Some(record).filter(|record| !record.is_empty()),
            },
            declared: row.get(3)?,
            seen: row.get(4)?,
            base: fields(row.get(5)?),
            set: fields(row.get(6)?),
            at: row.get::<_, i64>(7)?.unsigned_abs(),
        });
    }
    Ok(())
}

fn read_records(connection: &Connection, order: &str, finds: &mut Finds) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT id, kind, scope, state, own > acknowledged OR EXISTS (SELECT 1 FROM outbox WHERE record = row)
         FROM record ORDER BY row {order}"
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let Ok(id) = row.get(0).map(RecordId) else { continue };
        match record(row, id) {
            Some(_) if finds.records.contains_key(&id) => {}
            Some(record) => finds.add(record, row.get(4).unwrap_or(true)),
            None => drop(finds.damaged.insert(id)),
        }
    }
    Ok(())
}

fn record(row: &Row<'_>, id: RecordId) -> Option<Record> {
    let kind = row.get_ref(1).ok()?.as_str().ok().filter(|kind| wire::is_kind(kind))?;
    let scope: Option<Uuid> = row.get(2).ok()?;
    let state = wire::decode_state(row.get_ref(3).ok()?.as_blob().ok()?).ok()?;
    Some(Record { id, kind: kind.into(), scope, state })
}
