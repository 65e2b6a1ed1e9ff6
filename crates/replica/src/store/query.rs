//! Reading: one record, and lists by key.

use causal::{Record, RecordId};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;
use wire::BlobId;

use super::integer::integer;
use super::listing::{ListedRecord, Listing, Order, Presence};
use super::records::Row;
use super::select::{COLUMNS, FOR_HOOKS, Filter, found};
use super::sought::filter;
use super::visible::Access;
use super::{Store, StoreError, derive, older};

/// A record as it stands, and the version to give back as `seen` with the next save.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The record.
    pub record: Record,
    /// What somebody who reads this has seen.
    pub version: String,
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
    /// Cost: what the list shows, and a look at all of the work that is left where that is asked for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find(&self, listing: &Listing<'_>) -> Result<Vec<ListedRecord>, StoreError> {
        let connection = self.read();
        let txn = connection.unchecked_transaction()?;
        let needed = derive::needed(listing, true);
        if !derive::is_behind(&txn, needed)? {
            return page(&txn, listing, |filter| filter);
        }
        let mut all = page(&txn, listing, |filter| filter.derived(needed, true))?;
        all.extend(older::find(&txn, listing, needed)?);
        all.sort_by(|a, b| listing.order.compare(&listing.position_of(a), &listing.position_of(b)));
        all.truncate(usize::try_from(listing.limit).unwrap_or(usize::MAX));
        Ok(all)
    }

    /// How many records `listing` wants, whatever its limit and place.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count(&self, listing: &Listing<'_>) -> Result<u64, StoreError> {
        let connection = self.read();
        let txn = connection.unchecked_transaction()?;
        let listing = Listing { after: None, ..listing.clone() };
        let needed = derive::needed(&listing, false);
        if !derive::is_behind(&txn, needed)? {
            return count(&txn, &filter(&txn, &listing, &[])?);
        }
        let newer = count(&txn, &filter(&txn, &listing, &[])?.derived(needed, true))?;
        Ok(newer + older::find(&txn, &listing, needed)?.len() as u64)
    }

    /// Whether there is a record that `listing` wants, whatever its limit and place.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has(&self, listing: &Listing<'_>) -> Result<bool, StoreError> {
        let connection = self.read();
        let txn = connection.unchecked_transaction()?;
        let listing = Listing { after: None, ..listing.clone() };
        let needed = derive::needed(&listing, false);
        if !derive::is_behind(&txn, needed)? {
            return has(&txn, &filter(&txn, &listing, &[])?);
        }
        let is_among_newer = has(&txn, &filter(&txn, &listing, &[])?.derived(needed, true))?;
        Ok(is_among_newer || !older::find(&txn, &listing, needed)?.is_empty())
    }

    /// The texts that the records that `listing` wants hold at a place of their documents, such as `["created", "by"]`: each
    /// once, whatever its limit and place; none for those that hold no text there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn texts(&self, listing: &Listing<'_>, path: &[&'static str]) -> Result<Vec<Option<String>>, StoreError> {
        let connection = self.read();
        let txn = connection.unchecked_transaction()?;
        let listing = Listing { after: None, ..listing.clone() };
        let needed = derive::needed(&listing, true);
        let is_behind = derive::is_behind(&txn, needed)?;
        let mut filter = filter(&txn, &listing, &[])?;
        if is_behind {
            filter = filter.derived(needed, true);
        }
        let mut texts = texts(&txn, filter, path)?;
        if is_behind {
            texts.extend(older::find(&txn, &listing, needed)?.iter().map(|found| text_at(&found.doc, path)));
        }
        texts.sort_unstable();
        texts.dedup();
        Ok(texts)
    }

    /// The read values of one record; none when it is not there, deleted or purged.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn find_one(&self, id: RecordId) -> Result<Option<ListedRecord>, StoreError> {
        let connection = self.read();
        let sql = format!("SELECT {COLUMNS} FROM record WHERE id = ?1 AND hidden = 0");
        let mut statement = connection.prepare_cached(&sql)?;
        Ok(statement.query_row([id.0], found).optional()?)
    }

    /// Whether a record is here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn presence(&self, id: RecordId) -> Result<Presence, StoreError> {
        let connection = self.read();
        let mut statement = connection.prepare_cached("SELECT hidden = 0 FROM record WHERE id = ?1")?;
        let found = statement.query_row([id.0], |row| row.get::<_, bool>(0)).optional()?;
        Ok(found.map_or(Presence::Absent, |is_shown| if is_shown { Presence::Here } else { Presence::Gone }))
    }

    /// The records with a conflict that asks for a decision, oldest first, as far as somebody may see them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asking(&self, access: &Access, limit: u64) -> Result<Vec<Reading>, StoreError> {
        let connection = self.read();
        let filter = Filter::of_any(access, derive::is_marked(&connection)?);
        let sql = format!("SELECT row FROM record {} AND asking > 0 ORDER BY id LIMIT {limit}", filter.condition());
        let mut statement = connection.prepare_cached(&sql)?;
        let rows = statement.query_map(filter.values(), |row| row.get(0))?;
        load_rows(&connection, rows.collect::<Result<Vec<i64>, _>>()?)
    }

    /// How many fields hold a conflict that asks for a decision, of the records that somebody may see.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asking_count_seen(&self, access: &Access) -> Result<u64, StoreError> {
        let connection = self.read();
        let filter = Filter::of_any(access, derive::is_marked(&connection)?);
        let sql = format!("SELECT coalesce(sum(asking), 0) FROM record {} AND asking > 0", filter.condition());
        let count: i64 = connection.query_row(&sql, filter.values(), |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// Which of these records somebody may see, each with its kind; deleted and purged ones left out.
    ///
    /// Cost: one look-up by id for each, in one question.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn seen_among(&self, ids: &[RecordId], access: &Access) -> Result<Vec<(RecordId, String)>, StoreError> {
        let connection = self.read();
        let mut filter = Filter::of_any(access, derive::is_marked(&connection)?);
        let places: Vec<String> = ids.iter().map(|id| filter.value(id.0.as_bytes().to_vec())).collect();
        let sql = format!("SELECT id, kind FROM record {} AND id IN ({})", filter.condition(), places.join(", "));
        let mut statement = connection.prepare(&sql)?;
        let rows = statement.query_map(filter.values(), |row| Ok((RecordId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The records that name a blob, deleted and purged ones left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn records_naming(&self, blob: BlobId) -> Result<Vec<RecordId>, StoreError> {
        let connection = self.read();
        let sql = "SELECT r.id FROM blob b JOIN blob_reference n ON n.blob = b.row JOIN record r ON r.row = n.record
                   WHERE b.id = ?1 AND r.hidden = 0 ORDER BY r.row";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([&blob.0[..]], |row| row.get(0).map(RecordId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// The read values of the record in a row; none when it is deleted or purged.
pub(super) fn found_row(connection: &Connection, row: i64) -> Result<Option<ListedRecord>, StoreError> {
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

/// The page of a listing, of what `narrow` leaves of it.
fn page(
    connection: &Connection,
    listing: &Listing<'_>,
    narrow: impl Fn(Filter) -> Filter,
) -> Result<Vec<ListedRecord>, StoreError> {
    let all = || filter(connection, listing, &[]).map(&narrow);
    let columns = if listing.is_for_hooks && derive::is_marked(connection)? { FOR_HOOKS } else { COLUMNS };
    let mut found = select(connection, columns, &all()?.beyond(listing), integer(listing.limit))?;
    let left = listing.limit.saturating_sub(found.len() as u64);
    let is_of_a_day = listing.after.as_ref().is_some_and(|after| after.day.is_some());
    if listing.order == Order::NewestDay && is_of_a_day && left > 0 {
        found.extend(select(connection, columns, &all()?.without_day(), integer(left))?);
    }
    Ok(found)
}

fn select(
    connection: &Connection,
    columns: &str,
    filter: &Filter,
    limit: i64,
) -> Result<Vec<ListedRecord>, StoreError> {
    let mut statement = connection.prepare_cached(&filter.select(columns, limit))?;
    let rows = statement.query_map(filter.values(), found)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn count(connection: &Connection, filter: &Filter) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT count(*) FROM record {}", filter.condition()))?;
    let count: i64 = statement.query_row(filter.values(), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

fn has(connection: &Connection, filter: &Filter) -> Result<bool, StoreError> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM record {})", filter.condition());
    Ok(connection.prepare_cached(&sql)?.query_row(filter.values(), |row| row.get(0))?)
}

fn texts(connection: &Connection, mut filter: Filter, path: &[&str]) -> Result<Vec<Option<String>>, StoreError> {
    let path: String = path.iter().map(|name| format!(".\"{name}\"")).collect();
    let place = filter.value(format!("${path}"));
    let text = format!("CASE json_type(doc, {place}) WHEN 'text' THEN doc ->> {place} END");
    let mut statement =
        connection.prepare_cached(&format!("SELECT DISTINCT {text} FROM record {}", filter.condition()))?;
    // A text that SQLite cannot give as one is none, and hides no other.
    let rows = statement.query_map(filter.values(), |row| Ok(row.get(0).ok().flatten()))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn text_at(doc: &serde_json::Map<String, serde_json::Value>, path: &[&str]) -> Option<String> {
    let (first, rest) = path.split_first()?;
    let value = rest.iter().try_fold(doc.get(*first)?, |value, name| value.get(*name))?;
    value.as_str().map(str::to_owned)
}
