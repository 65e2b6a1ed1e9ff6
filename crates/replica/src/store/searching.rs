//! Searching a store, and keeping its index.

use std::collections::HashSet;

use rusqlite::Connection;

use super::indexing::{self, index_if_idle, index_slice};
use super::listing::ListedRecord;
use super::query::found_row;
use super::search::{self, Query};
use super::select::Filter;
use super::visible::Access;
use super::{Store, StoreError, derive};

/// What a search gives.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// The records, best first.
    pub records: Vec<ListedRecord>,
    /// Whether there are more than were asked for.
    pub is_cut: bool,
    /// How many records could not be looked at yet; they will be found within seconds.
    pub indexing: u64,
}

impl Store {
    /// The read values of the records that `typed` finds, of these kinds, or of all where none is named; at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, typed: &str, kinds: &[String], limit: u64) -> Result<Hits, StoreError> {
        self.search_seen(typed, kinds, &Access::default(), limit)
    }

    /// As [`Store::search`], of the records that somebody may see: neither a hit nor a count nor `is_cut` tells of another.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search_seen(&self, typed: &str, kinds: &[String], access: &Access, limit: u64) -> Result<Hits, StoreError> {
        let Some(query) = Query::read(typed) else { return Ok(Hits::default()) };
        self.index_before_search();
        let connection = self.read();
        let waiting = indexing::look_through(&connection, &query, kinds)?;
        let mut rows = seen(&connection, waiting.found, access)?;
        rows.extend(search::find(&connection, &query, kinds, access, limit)?);
        let mut hits = Hits { indexing: waiting.left, ..Hits::default() };
        let mut seen = HashSet::new();
        for row in rows.into_iter().filter(|row| seen.insert(*row)) {
            if hits.records.len() as u64 == limit {
                hits.is_cut = true;
                break;
            }
            hits.records.extend(found_row(&connection, row)?);
        }
        Ok(hits)
    }

    /// How many records wait for the search index.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn waiting_for_search(&self) -> Result<u64, StoreError> {
        indexing::count(&self.read())
    }

    /// Indexes all that waits, slice by slice; saves come between.
    ///
    /// # Errors
    /// When the file cannot be written; what is left waits on.
    pub fn index_waiting(&self) -> Result<(), StoreError> {
        while self.waiting_for_search()? > 0 && self.write(|txn| index_slice(txn))? {
            std::thread::yield_now();
        }
        Ok(())
    }

    /// One slice, unless somebody is writing; a search is answered in any case.
    fn index_before_search(&self) {
        if self.waiting_for_search().is_ok_and(|waiting| waiting > 0)
            && let Err(error) = index_if_idle(&self.writer)
        {
            tracing::debug!(%error, "what waits for the index waits on");
        }
    }
}

/// Those of the rows that somebody may see.
fn seen(connection: &Connection, rows: Vec<i64>, access: &Access) -> Result<Vec<i64>, StoreError> {
    if matches!(access, Access::All) || rows.is_empty() {
        return Ok(rows);
    }
    let filter = Filter::of_any(access, derive::is_marked(connection)?);
    let listed: Vec<String> = rows.iter().map(i64::to_string).collect();
    let sql = format!("SELECT row FROM record {} AND +row IN ({})", filter.condition(), listed.join(", "));
    let mut statement = connection.prepare(&sql)?;
    let found = statement.query_map(filter.values(), |row| row.get(0))?;
    let found: HashSet<i64> = found.collect::<Result<_, _>>()?;
    Ok(rows.into_iter().filter(|row| found.contains(row)).collect())
}
