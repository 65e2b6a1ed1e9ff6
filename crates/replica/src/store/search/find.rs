//! Asking the index.

use rusqlite::Connection;
use uuid::Uuid;

use super::query::Query;
use super::token;
use crate::store::integer::integer;
use crate::store::select::Filter;
use crate::store::visible::Access;
use crate::store::{StoreError, derive};

/// So many records of master data lend their names to the titles of others.
const MOST_NAMED: u64 = 50;

/// The rows that the index finds, best first; one more than `limit` where there are more.
pub(in crate::store) fn find(
    connection: &Connection,
    query: &Query,
    kinds: &[String],
    access: &Access,
    limit: u64,
) -> Result<Vec<i64>, StoreError> {
    let typed = query.expression();
    let master = format!("title : ({typed}) AND \"{}\"", token::MASTER);
    let named = named(connection, &master)?;
    let names: String = named.iter().map(|id| format!(" OR \"{}\"", token::record(*id))).collect();
    let tiers = [master, format!("title : ({typed}{names})"), format!("{typed}{names}")];
    let mut rows: Vec<i64> = Vec::new();
    for tier in tiers {
        let enough = integer(limit.saturating_add(1));
        for row in matching(connection, &within(&tier, kinds), access, enough)? {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        if rows.len() as u64 > limit {
            break;
        }
    }
    Ok(rows)
}

/// What the index is asked for records of some kinds: by their own words, and by the names of master data in their titles.
pub(in crate::store) fn expression(
    connection: &Connection,
    query: &Query,
    kinds: &[String],
) -> Result<String, StoreError> {
    let typed = query.expression();
    let named = named(connection, &format!("title : ({typed}) AND \"{}\"", token::MASTER))?;
    let names: String = named.iter().map(|id| format!(" OR \"{}\"", token::record(*id))).collect();
    Ok(within(&format!("{typed}{names}"), kinds))
}

/// The expression, held against the kinds that are asked for.
fn within(expression: &str, kinds: &[String]) -> String {
    if kinds.is_empty() {
        return expression.to_owned();
    }
    let kinds: Vec<String> = kinds.iter().map(|kind| format!("\"{}\"", token::kind(kind))).collect();
    format!("({expression}) AND ({})", kinds.join(" OR "))
}

/// The rows of an expression, newest first, but for those whose entries are of yesterday.
fn matching(connection: &Connection, expression: &str, access: &Access, limit: i64) -> Result<Vec<i64>, StoreError> {
    let mut filter = Filter::of_any(access, derive::is_marked(connection)?);
    let seen = match access {
        Access::All => String::new(),
        Access::Kinds(_) => format!("AND EXISTS (SELECT 1 FROM record {} AND row = text.rowid)", filter.condition()),
    };
    let typed = filter.value(expression.to_owned());
    let sql = format!(
        "SELECT rowid FROM text WHERE text MATCH {typed} AND rowid NOT IN (SELECT record FROM search_waiting) {seen}
         ORDER BY rowid DESC LIMIT {limit}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(filter.values(), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The master data whose names may stand in the titles of other records.
fn named(connection: &Connection, expression: &str) -> Result<Vec<Uuid>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM record WHERE row = ?1 AND hidden = 0")?;
    let mut ids = Vec::new();
    for row in matching(connection, expression, &Access::All, integer(MOST_NAMED))? {
        ids.extend(statement.query_map([row], |found| found.get(0))?.collect::<Result<Vec<Uuid>, _>>()?);
    }
    Ok(ids)
}
