//! What the journal keeps of a change: for each changed field, the values that were live afterwards.
//!
//! The values before are those of the change before; a history is read by replaying it.

use std::collections::HashSet;
use std::sync::Arc;

use causal::{Siblings, Stamp, State, Value};

/// The changed fields with their distinct values, in order of their names.
pub(crate) type Changes = Vec<(Arc<str>, Vec<Value>)>;

/// The fields that differ between two states of one record.
pub(crate) fn between(before: &State, after: &State) -> Changes {
    let gone = before.fields().keys().filter(|name| !after.fields().contains_key(*name));
    let gone = gone.map(|name| (name.clone(), Vec::new()));
    let changed = after.fields().iter().filter(|(name, siblings)| before.fields().get(*name) != Some(siblings));
    let mut changes: Changes =
        changed.map(|(name, siblings)| (name.clone(), distinct_values(siblings))).chain(gone).collect();
    changes.sort_by(|a, b| a.0.cmp(&b.0));
    changes
}

/// The newest write that `after` has and `before` had not seen.
pub(crate) fn newest_write<'a>(before: &State, after: &'a State) -> Option<&'a Stamp> {
    let new = after.writes().iter().filter(|(dot, _)| !before.version().covers(**dot));
    new.max_by_key(|(dot, stamp)| (stamp.at, dot.counter, dot.replica)).map(|(_, stamp)| stamp)
}

fn distinct_values(siblings: &Siblings) -> Vec<Value> {
    // Comparing by meaning takes every pair; a field with more siblings than people make is compared by text.
    const COMPARED_BY_MEANING: usize = 64;
    let mut texts = HashSet::new();
    let mut distinct: Vec<Value> = Vec::new();
    for value in siblings.values() {
        let is_new = texts.insert(value.as_str());
        if is_new && (siblings.len() > COMPARED_BY_MEANING || !distinct.contains(value)) {
            distinct.push(value.clone());
        }
    }
    distinct
}

/// The bytes of changes for the store.
pub(crate) fn encode(changes: &Changes) -> Vec<u8> {
    let texts: Vec<(&str, Vec<&str>)> =
        changes.iter().map(|(name, values)| (&**name, values.iter().map(Value::as_str).collect())).collect();
    postcard::to_allocvec(&texts).expect("writing to memory cannot fail")
}

/// The changes in bytes that [`encode`] wrote.
pub(crate) fn decode(bytes: &[u8]) -> Result<Changes, postcard::Error> {
    let texts: Vec<(&str, Vec<&str>)> = postcard::from_bytes(bytes)?;
    Ok(texts
        .into_iter()
        .map(|(name, values)| (name.into(), values.into_iter().map(Value::from_stored).collect()))
        .collect())
}
