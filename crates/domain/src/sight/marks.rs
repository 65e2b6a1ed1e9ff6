//! What sight goes by in a record: who made it, whom it names, of what sort it is. A store keeps it aside, to find records by it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::kinds::{KindSight, Named};
use crate::field::Document;
use crate::register::register;

/// How a word stands in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// This person made it: `created.by`.
    Made,
    /// It names this person, in a field in which records of its kind name people.
    Named,
    /// It is of this sort: the category of a finding.
    Sort,
}

impl Mark {
    /// The bit that says so; stores keep it, so it means the same for ever.
    pub const fn bit(self) -> u8 {
        match self {
            Self::Made => 1,
            Self::Named => 2,
            Self::Sort => 4,
        }
    }
}

/// Where a record of a kind names people, itself aside; nowhere for a kind that this version does not know.
pub fn names(kind: &str) -> Vec<Named> {
    if let Some(register) = register(kind) {
        return register.people().map(|field| Named::Field(field.name.clone())).collect();
    }
    let people = KindSight::of(kind).map_or(&[][..], |kind| kind.people.as_slice());
    people.iter().filter(|named| **named != Named::Itself).cloned().collect()
}

/// Whether records of a kind are ever marked so; none are of a kind that this version does not know.
pub fn has_mark(kind: &str, mark: Mark) -> bool {
    let seen = KindSight::of(kind);
    match mark {
        Mark::Made => seen.is_some() || register(kind).is_some(),
        Mark::Named => !names(kind).is_empty(),
        Mark::Sort => seen.is_some_and(|kind| kind.see.iter().any(|rule| rule.category.is_some())),
    }
}

/// The words in a record that sight may go by, each with the bits of how it stands there; by the document that counts.
///
/// # Example
/// ```
/// use domain::sight::{Mark, marks};
/// let finding = serde_json::json!({"created": {"by": "li", "at": 1}, "found_by": "li", "category": "food"});
/// let marks = marks("finding", finding.as_object().expect("an object"));
/// assert_eq!(marks["li"], Mark::Made.bit() | Mark::Named.bit());
/// assert_eq!(marks["food"], Mark::Sort.bit());
/// ```
pub fn marks(kind: &str, document: &Document) -> BTreeMap<String, u8> {
    if !has_mark(kind, Mark::Made) {
        return BTreeMap::new();
    }
    let author = document.get("created").and_then(|created| created.get("by")).and_then(Value::as_str);
    let sort = document.get("category").and_then(Value::as_str).filter(|_| has_mark(kind, Mark::Sort));
    let names = names(kind);
    let named = names.iter().flat_map(|named| named.people_in(document)).map(|person| (person, Mark::Named));
    let mut marks = BTreeMap::new();
    for (word, mark) in
        author.map(|by| (by, Mark::Made)).into_iter().chain(sort.map(|it| (it, Mark::Sort))).chain(named)
    {
        *marks.entry(word.to_owned()).or_default() |= mark.bit();
    }
    marks
}
