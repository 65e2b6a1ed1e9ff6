//! Reading: one record, and lists by key.

use causal::{Record, RecordId};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::integer::integer;
use super::records::Row;
use super::{Store, StoreError};

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
    /// Where it stands on its way, for kinds that have one: the code of an inspection's stage or a finding's state.
    pub stage: Option<String>,
    /// Until when something must be done about it, ms since 1970 UTC.
    pub due: Option<i64>,
    /// Who has to do it.
    pub assignee: Option<String>,
}

/// Which records of a kind a list wants.
#[derive(Clone, Debug, Default)]
pub struct Listing<'a> {
    /// The kind.
    pub kind: &'a str,
    /// Only those of this campus, and those of the whole organisation.
    pub scope: Option<Uuid>,
    /// Only those of this business day, `YYYY-MM-DD` (the field `business_date`).
    pub day: Option<&'a str>,
    /// Only those of the business days from the one to the other, both included.
    pub days: Option<(&'a str, &'a str)>,
    /// Only those that belong to this inspection (the field `inspection`).
    pub inspection: Option<RecordId>,
    /// Only those whose field of this name reads as this text; the name is a plain word.
    pub field: Option<(&'static str, &'a str)>,
    /// Only those that stand at one of these stages; all when empty.
    pub stages: &'a [&'a str],
    /// Only those that this person has to deal with.
    pub assignee: Option<&'a str>,
    /// Only those that are due at this instant or later, ms since 1970 UTC.
    pub due_from: Option<i64>,
    /// Only those that are due before this instant, ms since 1970 UTC.
    pub due_before: Option<i64>,
    /// In which order.
    pub order: Order,
    /// Those beyond this place, in the order of the list.
    pub after: Option<Place>,
    /// At most so many.
    pub limit: u64,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Smallest id first, which is oldest first where ids are made by time.
    #[default]
    Id,
    /// Largest id first.
    NewestFirst,
    /// What is due first comes first; what has no time comes last.
    Due,
}

/// Where a page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The id of its last record.
    pub id: RecordId,
    /// When that is due; only the order by due asks for it.
    pub due: Option<i64>,
}

impl From<RecordId> for Place {
    fn from(id: RecordId) -> Self {
        Self { id, due: None }
    }
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
        let filter = Filter::of(listing);
        let order = match listing.order {
            Order::Id => "id",
            Order::NewestFirst => "id DESC",
            Order::Due => "coalesce(due, 9223372036854775807), id",
        };
        let limit = integer(listing.limit);
        let sql = format!(
            "SELECT {COLUMNS} FROM record WHERE {} ORDER BY {order} LIMIT {limit}",
            filter.clauses.join(" AND ")
        );
        let connection = self.read();
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(&filter.values), found)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many records `listing` wants, whatever its limit.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count(&self, listing: &Listing<'_>) -> Result<u64, StoreError> {
        let filter = Filter::of(listing);
        let sql = format!("SELECT count(*) FROM record WHERE {}", filter.clauses.join(" AND "));
        let connection = self.read();
        let mut statement = connection.prepare_cached(&sql)?;
        let count: i64 = statement.query_row(rusqlite::params_from_iter(&filter.values), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// What the records that `listing` wants hold at two places of their documents, such as `$.template` and `$.created.by`: each
    /// pair once, whatever its limit. What is no text stands there as its JSON.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pairs(
        &self,
        listing: &Listing<'_>,
        [one, other]: [&'static str; 2],
    ) -> Result<Vec<[Option<String>; 2]>, StoreError> {
        let mut filter = Filter::of(listing);
        let (one, other) = (filter.value(one.to_owned()), filter.value(other.to_owned()));
        let sql = format!(
            "SELECT DISTINCT CAST(doc ->> {one} AS TEXT), CAST(doc ->> {other} AS TEXT) FROM record WHERE {}",
            filter.clauses.join(" AND ")
        );
        let connection = self.read();
        let mut statement = connection.prepare_cached(&sql)?;
        // A text that SQLite cannot give as one is none, and hides no other.
        let pair = |row: &rusqlite::Row<'_>| Ok([row.get(0).ok().flatten(), row.get(1).ok().flatten()]);
        let rows = statement.query_map(rusqlite::params_from_iter(&filter.values), pair)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The read values of one record; none when it is not there, deleted or purged.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find_one(&self, id: RecordId) -> Result<Option<Found>, StoreError> {
        let connection = self.read();
        let sql = format!("SELECT {COLUMNS} FROM record WHERE id = ?1 AND hidden = 0");
        let mut statement = connection.prepare_cached(&sql)?;
        Ok(statement.query_row([id.0], found).optional()?)
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

/// The read values of the record in a row; none when it is deleted or purged.
pub(super) fn found_row(connection: &Connection, row: i64) -> Result<Option<Found>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM record WHERE row = ?1 AND hidden = 0");
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row([row], found).optional()?)
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

const COLUMNS: &str = "id, kind, scope, doc, stage, due, assignee";

/// The conditions of a listing, and the values they ask for.
struct Filter {
    clauses: Vec<String>,
    values: Vec<rusqlite::types::Value>,
}

impl Filter {
    fn of(listing: &Listing<'_>) -> Self {
        let mut filter = Self { clauses: vec!["hidden = 0".to_owned()], values: Vec::new() };
        filter.is("kind", listing.kind.to_owned());
        if let Some(scope) = listing.scope {
            let place = filter.value(scope.as_bytes().to_vec());
            filter.clauses.push(format!("(scope = {place} OR scope IS NULL)"));
        }
        if let Some(day) = listing.day {
            filter.is("day", day.to_owned());
        }
        if let Some((from, to)) = listing.days {
            let (from, to) = (filter.value(from.to_owned()), filter.value(to.to_owned()));
            filter.clauses.push(format!("day BETWEEN {from} AND {to}"));
        }
        if let Some(inspection) = listing.inspection {
            filter.is("inspection", inspection.to_string());
        }
        if let Some((name, text)) = listing.field {
            let path = filter.value(format!("$.\"{name}\""));
            filter.is(&format!("doc ->> {path}"), text.to_owned());
        }
        if !listing.stages.is_empty() {
            let places: Vec<String> = listing.stages.iter().map(|stage| filter.value((*stage).to_owned())).collect();
            filter.clauses.push(format!("stage IN ({})", places.join(", ")));
        }
        if let Some(assignee) = listing.assignee {
            filter.is("assignee", assignee.to_owned());
        }
        if let Some(due_from) = listing.due_from {
            let place = filter.value(due_from);
            filter.clauses.push(format!("due >= {place}"));
        }
        if let Some(due_before) = listing.due_before {
            let place = filter.value(due_before);
            filter.clauses.push(format!("due < {place}"));
        }
        filter.beyond(listing);
        filter
    }

    fn beyond(&mut self, listing: &Listing<'_>) {
        let Some(after) = listing.after else { return };
        let id = self.value(after.id.0.as_bytes().to_vec());
        let clause = match listing.order {
            Order::Id => format!("id > {id}"),
            Order::NewestFirst => format!("id < {id}"),
            Order::Due => {
                let due = self.value(after.due.unwrap_or(i64::MAX));
                format!("(coalesce(due, 9223372036854775807), id) > ({due}, {id})")
            }
        };
        self.clauses.push(clause);
    }

    fn is(&mut self, expression: &str, value: impl Into<rusqlite::types::Value>) {
        let place = self.value(value);
        self.clauses.push(format!("{expression} = {place}"));
    }

    fn value(&mut self, value: impl Into<rusqlite::types::Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }
}

fn found(row: &rusqlite::Row<'_>) -> rusqlite::Result<Found> {
    let doc: String = row.get(3)?;
    // The document is derived; one that is damaged shows as empty, and the record itself is still whole.
    let doc = serde_json::from_str(&doc).unwrap_or_default();
    Ok(Found {
        id: RecordId(row.get(0)?),
        kind: row.get(1)?,
        scope: row.get(2)?,
        doc,
        stage: row.get(4)?,
        due: row.get(5)?,
        assignee: row.get(6)?,
    })
}
