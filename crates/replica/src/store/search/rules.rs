//! By which rules the index was made.
//!
//! A new version of the app mostly cuts and spells words as the one before it, and its index needs nothing. So the rules have a
//! number of their own.

use rusqlite::{OptionalExtension, Transaction};

use super::entry::wait_all;
use crate::store::StoreError;

/// The number of the rules by which words are made of records; one more whenever any of them changes, also in `domain`: which fields
/// are searched, what is a title, how a text is cut and spelled.
///
/// A test holds what is made of some records, together with this number.
pub(in crate::store) const WORDS: i64 = 1;

/// Where the number stands by which the index of a store was made.
const KEY: &str = "search_words";

/// Lets every record wait for the index where other rules have made it, or nobody knows which.
pub(in crate::store) fn follow_rules(txn: &Transaction<'_>) -> Result<(), StoreError> {
    let held: Option<String> =
        txn.query_row("SELECT value FROM meta WHERE key = ?1", [KEY], |row| row.get(0)).optional()?;
    let own = WORDS.to_string();
    if held.as_ref() == Some(&own) {
        return Ok(());
    }
    wait_all(txn)?;
    let sql = "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    txn.execute(sql, [KEY, &own])?;
    Ok(())
}
