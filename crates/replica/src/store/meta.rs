//! The store's notes: a small value under each name.

use rusqlite::{Connection, OptionalExtension, Transaction};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

pub(super) fn get_meta<T: DeserializeOwned>(connection: &Connection, key: &str) -> Result<Option<T>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    let text: Option<String> = statement.query_row([key], |row| row.get(0)).optional()?;
    // What an older or newer build wrote in another shape counts as never set.
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

pub(super) fn set_meta<T: Serialize>(txn: &Transaction<'_>, key: &str, value: &T) -> Result<(), StoreError> {
    let text = serde_json::to_string(value).map_err(|error| StoreError::Damaged(error.to_string()))?;
    let sql = "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    txn.prepare_cached(sql)?.execute([key, text.as_str()])?;
    Ok(())
}
