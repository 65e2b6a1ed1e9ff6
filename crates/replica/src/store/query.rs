//! Reading: one record, lists by key, search.

use causal::{Record, RecordId};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::records::{Row, integer};
use super::{Store, StoreError, search};

/// A record as it stands, and the version to give back as `seen` with the next save.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The record.
    pub record: Record,
    /// What somebody who reads this has seen.
    pub version: String,
}

/// A record's read values, without its state: what a list shows.
#[derive(Clone, Debug)]
pub struct Found {
    /// The record.
    pub id: RecordId,
    /// Its kind.
    pub kind: String,
    /// Its campus.
    pub scope: Option<Uuid>,
    /// Its fields by their reading rules.
    pub doc: serde_json::Map<String, serde_json::Value>,
}

/// Which records of a kind a list wants.
#[derive(Clone, Debug, Default)]
pub struct Listing<'a> {
    /// The kind.
    pub kind: &'a str,
    /// Only those of this business day, `YYYY-MM-DD` (the field `business_date`).
    pub day: Option<&'a str>,
    /// Only those that belong to this inspection (the field `inspection`).
    pub inspection: Option<RecordId>,
    /// Newest id first instead of oldest.
    pub newest_first: bool,
    /// Those beyond this id, in the direction of the list.
    pub after: Option<RecordId>,
    /// At most so many.
    pub limit: u64,
}

impl Store {
    /// The record `id`, deleted ones included; none when there is no such record or it was purged.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn get(&self, id: RecordId) -> Result<Option<Reading>, StoreError> {
        let row = Row::load(&self.read(), id)?;
        Ok(row.filter(|row| !row.record.state.is_purged()).map(|row| reading(row.record)))
    }

    /// Whole records of a kind, by id, beyond `after`; deleted and purged ones left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(&self, kind: &str, after: Option<RecordId>, limit: u64) -> Result<Vec<Reading>, StoreError> {
        let connection = self.read();
        let sql = "SELECT row FROM record WHERE kind = ?1 AND hidden = 0 AND id > ?2 ORDER BY id LIMIT ?3";
        let after = after.map_or_else(Uuid::nil, |id| id.0);
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![kind, after, integer(limit)], |row| row.get(0))?;
        load_rows(&connection, rows.collect::<Result<Vec<i64>, _>>()?)
    }

    /// The read values of the records that `listing` wants.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&self, listing: &Listing<'_>) -> Result<Vec<Found>, StoreError> {
        let (comparison, order) = if listing.newest_first { ("<", "DESC") } else { (">", "ASC") };
        let mut sql = String::from("SELECT id, kind, scope, json(doc) FROM record WHERE kind = ?1 AND hidden = 0");
        let kind = listing.kind.to_owned();
        let inspection = listing.inspection.map(|id| id.to_string());
        let after = listing.after.map(|id| id.0);
        let limit = integer(listing.limit);
        let mut values: Vec<&dyn rusqlite::ToSql> = vec![&kind];
        if let Some(day) = &listing.day {
            values.push(day);
            sql += &format!(" AND doc ->> '$.business_date' = ?{}", values.len());
        }
        if let Some(inspection) = &inspection {
            values.push(inspection);
            sql += &format!(" AND doc ->> '$.inspection' = ?{}", values.len());
        }
        if let Some(after) = &after {
            values.push(after);
            sql += &format!(" AND id {comparison} ?{}", values.len());
        }
        values.push(&limit);
        sql += &format!(" ORDER BY id {order} LIMIT ?{}", values.len());
        let connection = self.read();
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(values.as_slice(), found)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The read values of the records whose text holds `query`, best first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, query: &str, limit: u64) -> Result<Vec<Found>, StoreError> {
        let connection = self.read();
        let sql = "SELECT id, kind, scope, json(doc) FROM record WHERE row = ?1 AND hidden = 0";
        let mut statement = connection.prepare_cached(sql)?;
        let mut results = Vec::new();
        for row in search::find(&connection, query, limit)? {
            results.extend(statement.query_map([row], found)?.collect::<Result<Vec<_>, _>>()?);
        }
        Ok(results)
    }

    /// The records with a conflict that asks for a decision, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asking(&self, limit: u64) -> Result<Vec<Reading>, StoreError> {
        let connection = self.read();
        let mut statement =
            connection.prepare_cached("SELECT row FROM record WHERE asking > 0 ORDER BY id LIMIT ?1")?;
        let rows = statement.query_map([integer(limit)], |row| row.get(0))?;
        load_rows(&connection, rows.collect::<Result<Vec<i64>, _>>()?)
    }
}

fn reading(record: Record) -> Reading {
    let version = causal::Seen::from(record.state.version().clone()).to_string();
    Reading { record, version }
}

fn load_rows(connection: &Connection, rows: Vec<i64>) -> Result<Vec<Reading>, StoreError> {
    let mut readings = Vec::with_capacity(rows.len());
    for row in rows {
        readings.extend(Row::load_row(connection, row)?.map(|row| reading(row.record)));
    }
    Ok(readings)
}

fn found(row: &rusqlite::Row<'_>) -> rusqlite::Result<Found> {
    let doc: String = row.get(3)?;
    // The document is derived; one that is damaged shows as empty, and the record itself is still whole.
    let doc = serde_json::from_str(&doc).unwrap_or_default();
    Ok(Found { id: RecordId(row.get(0)?), kind: row.get(1)?, scope: row.get(2)?, doc })
}
