//! Several records in one field: a list of ids, each once, in lower case and in order.

use std::cmp::Ordering;

use serde_json::Value;

use super::error::ValueError;
use super::reference::{read, typed_id};
use super::types::{Document, by, one};

/// More records do not stand in one field.
const MOST: usize = 60;

/// The ids of a stored list; none where it is none.
pub(super) fn list(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(read).collect()
}

/// The list as it is stored, where `expected` is what is said of a value that is no list.
pub(super) fn take(name: &str, typed: &Value, expected: ValueError) -> Result<Vec<(String, Value)>, ValueError> {
    let typed = typed.as_array().ok_or(expected)?;
    if typed.is_empty() {
        return Err(ValueError::Missing);
    }
    if typed.len() > MOST {
        return Err(ValueError::TooMany(MOST));
    }
    let mut ids = typed.iter().map(typed_id).collect::<Result<Vec<String>, _>>()?;
    ids.sort_unstable();
    ids.dedup();
    Ok(one(name, ids))
}

/// The list of a document; none where it is empty.
pub(super) fn gather(name: &str, document: &Document) -> Option<Value> {
    let value = document.get(name)?;
    let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    (!is_empty).then(|| value.clone())
}

/// Two lists, one id after the other.
pub(super) fn compare(a: &Value, b: &Value) -> Ordering {
    by(a, b, |value| list(value).map(|ids| ids.into_iter().map(str::to_owned).collect::<Vec<_>>()))
}
