//! What the journal keeps of a change: for each changed field, who wrote it, and the values that were live afterwards.
//!
//! The values before are those of the change before; a history is read by replaying it.

use std::collections::HashSet;
use std::sync::Arc;

use causal::{Sibling, Siblings, Stamp, State, Value};

/// The changed fields, in order of their names.
pub(crate) type Changes = Vec<FieldChange>;

/// One changed field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldChange {
    /// Its name.
    pub(crate) name: Arc<str>,
    /// The stamp of its newest write in this change; none when the change only took values away.
    pub(crate) stamp: Option<Stamp>,
    /// The distinct values that were live afterwards.
    pub(crate) values: Vec<Value>,
}

/// The fields that differ between two states of one record.
pub(crate) fn between(before: &State, after: &State) -> Changes {
    let gone = before.fields().keys().filter(|name| !after.fields().contains_key(*name));
    let gone = gone.map(|name| FieldChange { name: name.clone(), stamp: None, values: Vec::new() });
    let changed = after.fields().iter().filter(|(name, siblings)| before.fields().get(*name) != Some(siblings));
    let changed = changed.map(|(name, siblings)| FieldChange {
        name: name.clone(),
        stamp: newest(after.siblings(name).filter(|new| !before.version().covers(new.dot))),
        values: distinct_values(siblings),
    });
    let mut changes: Changes = changed.chain(gone).collect();
    changes.sort_by(|a, b| a.name.cmp(&b.name));
    changes
}

fn newest<'a>(siblings: impl Iterator<Item = Sibling<'a>>) -> Option<Stamp> {
    let place = |sibling: &Sibling<'_>| (sibling.stamp.at, sibling.dot.counter, sibling.dot.replica);
    siblings.max_by_key(place).map(|sibling| sibling.stamp.clone())
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

/// A field change as it is stored: name, time and person of its newest write, values.
type Stored<'a> = (&'a str, Option<(u64, Option<&'a str>)>, Vec<&'a str>);

/// The bytes of changes for the store.
pub(crate) fn encode(changes: &Changes) -> Vec<u8> {
    let stored: fn(&FieldChange) -> Stored<'_> = |change| {
        let FieldChange { name, stamp, values }: &FieldChange = change;
        let stamp = stamp.as_ref().map(|stamp| (stamp.at, stamp.by.as_deref()));
        (&**name, stamp, values.iter().map(Value::as_str).collect())
    };
    let stored: Vec<Stored<'_>> = changes.iter().map(stored).collect();
    postcard::to_allocvec(&stored).expect("writing to memory cannot fail")
}

/// The changes in bytes that [`encode`] wrote.
pub(crate) fn decode(bytes: &[u8]) -> Result<Changes, postcard::Error> {
    let stored: Vec<Stored<'_>> = postcard::from_bytes(bytes)?;
    let change = |(name, stamp, values): Stored<'_>| FieldChange {
        name: name.into(),
        stamp: stamp.map(|(at, by)| Stamp { at, by: by.map(Arc::from) }),
        values: values.into_iter().map(Value::from_stored).collect(),
    };
    Ok(stored.into_iter().map(change).collect())
}
