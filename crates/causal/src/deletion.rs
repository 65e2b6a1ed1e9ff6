//! Deletion: a list of the writes that somebody wanted gone, so that a write they had not seen survives it.

use std::collections::BTreeSet;

use crate::value::integer;
use crate::{Dot, Seen, State, Value};

/// The system field that holds the list of deleted writes, `[["replica", counter], ...]`, or `null` for "not deleted".
pub const DELETED_FIELD: &str = "_deleted";

impl State {
    /// Whether the record counts as deleted.
    ///
    /// It does while one list in `_deleted` holds every live write of the other fields and no sibling of `_deleted` is
    /// `null`.
    pub fn is_deleted(&self) -> bool {
        let Some(siblings) = self.fields.get(DELETED_FIELD) else { return false };
        if siblings.values().any(Value::is_null) {
            return false;
        }
        let live = self.live_writes();
        siblings.values().filter_map(deleted_dots).any(|list| live.is_subset(&list))
    }

    /// Whether somebody deleted the record while somebody else, who had not seen that, wrote to it or took it back.
    pub fn has_deletion_conflict(&self) -> bool {
        let Some(siblings) = self.fields.get(DELETED_FIELD) else { return false };
        !self.is_deleted() && siblings.values().any(|value| !value.is_null())
    }

    /// The live writes that keep the record visible although somebody deleted it: those in none of the lists.
    pub fn writes_the_deletion_missed(&self) -> BTreeSet<Dot> {
        let lists = self.fields.get(DELETED_FIELD).into_iter().flat_map(|siblings| siblings.values());
        let listed: BTreeSet<Dot> = lists.filter_map(deleted_dots).flatten().collect();
        self.live_writes().difference(&listed).copied().collect()
    }

    /// The value for `_deleted` that deletes what was `seen`: the live writes of the other fields that it covers.
    pub fn deletion_of(&self, seen: &Seen) -> Value {
        deletion_value(self.live_writes().into_iter().filter(|dot| seen.covers(*dot)))
    }

    pub(crate) fn deletion_was_seen(&self, seen: &Seen) -> bool {
        let siblings = self.fields.get(DELETED_FIELD).into_iter().flatten();
        siblings.into_iter().any(|(dot, value)| seen.covers(*dot) && !value.is_null())
    }

    fn live_writes(&self) -> BTreeSet<Dot> {
        let others = self.fields.iter().filter(|(name, _)| &***name != DELETED_FIELD);
        others.flat_map(|(_, siblings)| siblings.keys().copied()).collect()
    }
}

/// Writes a list of dots as the value of `_deleted`.
pub(crate) fn deletion_value(dots: impl Iterator<Item = Dot>) -> Value {
    let list = dots.map(|dot| serde_json::json!([dot.replica.to_string(), dot.counter])).collect();
    Value::from_json(&serde_json::Value::Array(list))
}

/// Reads a value of `_deleted`; nothing when it is not such a list.
pub(crate) fn deleted_dots(value: &Value) -> Option<BTreeSet<Dot>> {
    let tree = value.to_json();
    tree.as_array()?.iter().map(deleted_dot).collect()
}

/// By meaning, as values compare: `5.0` is `5`.
fn deleted_dot(entry: &serde_json::Value) -> Option<Dot> {
    let [serde_json::Value::String(replica), serde_json::Value::Number(counter)] = entry.as_array()?.as_slice() else {
        return None;
    };
    Some(Dot::new(replica.parse().ok()?, integer(counter)?.try_into().ok()?))
}
