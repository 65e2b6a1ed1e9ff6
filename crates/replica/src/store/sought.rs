//! The conditions of a listing, what it searches for among them.

use rusqlite::Connection;

use super::column::Column;
use super::listing::Listing;
use super::select::Filter;
use super::{StoreError, derive, indexing, search};

/// The conditions of a listing, its position left aside; those on a column of `stale` are left out.
pub(super) fn filter(connection: &Connection, listing: &Listing<'_>, stale: &[Column]) -> Result<Filter, StoreError> {
    let filter = Filter::of(listing, stale, derive::is_marked(connection)?);
    let Some(text) = listing.text else { return Ok(filter) };
    let Some(query) = search::Query::read(text) else { return Ok(filter.nothing()) };
    let kinds = [listing.kind.to_owned()];
    let waiting = indexing::look_through(connection, &query, &kinds)?;
    Ok(filter.found_by(search::expression(connection, &query, &kinds)?, &waiting.found))
}
