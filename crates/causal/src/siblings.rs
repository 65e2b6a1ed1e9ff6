//! The siblings of one field: a multi-value register.

use crate::{Dot, Value};

/// The siblings of one field, ordered by dot.
///
/// Nearly every field of every record holds one write, so that one stands in place and takes no memory of its own; several
/// are a sorted list, since nobody makes more than a few.
///
/// # Example
/// ```
/// use causal::{Dot, ReplicaId, Siblings, Value};
/// let dot = |counter| Dot::new(ReplicaId(uuid::Uuid::nil()), counter);
/// let siblings: Siblings = [(dot(2), Value::null()), (dot(1), Value::null())].into_iter().collect();
/// assert_eq!(siblings.keys().map(|dot| dot.counter).collect::<Vec<_>>(), [1, 2]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Siblings(Entries);

type Entry = (Dot, Value);

#[derive(Clone, Debug, Default)]
enum Entries {
    #[default]
    None,
    One(Entry),
    Sorted(Vec<Entry>),
}

impl Siblings {
    /// No siblings, as no field of a state has.
    pub const fn new() -> Self {
        Self(Entries::None)
    }

    fn entries(&self) -> &[Entry] {
        match &self.0 {
            Entries::None => &[],
            Entries::One(entry) => std::slice::from_ref(entry),
            Entries::Sorted(entries) => entries,
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    /// The writes with their values, ordered by dot.
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.entries().iter())
    }

    /// The writes, in order.
    pub fn keys(&self) -> impl Iterator<Item = &Dot> {
        self.entries().iter().map(|(dot, _)| dot)
    }

    /// The values, ordered by their writes.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.entries().iter().map(|(_, value)| value)
    }

    /// What a write put here.
    pub fn get(&self, dot: &Dot) -> Option<&Value> {
        let entries = self.entries();
        let place = entries.binary_search_by_key(dot, |(held, _)| *held).ok()?;
        entries.get(place).map(|(_, value)| value)
    }

    /// Whether a write is one of them.
    pub fn contains_key(&self, dot: &Dot) -> bool {
        self.get(dot).is_some()
    }

    /// Adds a write, and gives the value that it had here before.
    pub fn insert(&mut self, dot: Dot, value: Value) -> Option<Value> {
        let mut entries = match std::mem::take(&mut self.0) {
            Entries::None => {
                self.0 = Entries::One((dot, value));
                return None;
            }
            Entries::One(entry) => vec![entry],
            Entries::Sorted(entries) => entries,
        };
        let before = match entries.binary_search_by_key(&dot, |(held, _)| *held) {
            Ok(place) => Some(std::mem::replace(&mut entries[place].1, value)),
            Err(place) => {
                entries.insert(place, (dot, value));
                None
            }
        };
        self.0 = Entries::Sorted(entries);
        before
    }

    /// Keeps those that `keep` holds for.
    pub fn retain(&mut self, mut keep: impl FnMut(&Dot, &Value) -> bool) {
        match &mut self.0 {
            Entries::None => {}
            Entries::One((dot, value)) => {
                if !keep(dot, value) {
                    self.0 = Entries::None;
                }
            }
            Entries::Sorted(entries) => entries.retain(|(dot, value)| keep(dot, value)),
        }
    }
}

impl PartialEq for Siblings {
    fn eq(&self, other: &Self) -> bool {
        self.entries() == other.entries()
    }
}

impl Eq for Siblings {}

impl FromIterator<(Dot, Value)> for Siblings {
    /// Of two values of one write the later one stays.
    fn from_iter<I: IntoIterator<Item = (Dot, Value)>>(entries: I) -> Self {
        let mut siblings = Self::new();
        for (dot, value) in entries {
            siblings.insert(dot, value);
        }
        siblings
    }
}

impl<const N: usize> From<[(Dot, Value); N]> for Siblings {
    fn from(entries: [(Dot, Value); N]) -> Self {
        entries.into_iter().collect()
    }
}

/// The writes of a field with their values, ordered by dot.
#[derive(Clone, Debug)]
pub struct Iter<'a>(std::slice::Iter<'a, Entry>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a Dot, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(dot, value)| (dot, value))
    }
}

impl<'a> IntoIterator for &'a Siblings {
    type Item = (&'a Dot, &'a Value);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl IntoIterator for Siblings {
    type Item = (Dot, Value);
    type IntoIter = std::vec::IntoIter<(Dot, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        let entries = match self.0 {
            Entries::None => Vec::new(),
            Entries::One(entry) => vec![entry],
            Entries::Sorted(entries) => entries,
        };
        entries.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::ReplicaId;

    fn dot(number: u8) -> Dot {
        Dot::new(ReplicaId(uuid::Uuid::from_u128(u128::from(number % 3))), u64::from(number / 3) + 1)
    }

    fn value(number: u8) -> Value {
        Value::from(serde_json::json!(number))
    }

    #[test]
    fn a_list_of_entries_is_taken_whole() {
        let entries = [(dot(4), value(1)), (dot(2), value(2))];
        check_same(&Siblings::from(entries.clone()), &BTreeMap::from(entries));
    }

    /// Both hold the same, whichever way one asks.
    fn check_same(siblings: &Siblings, map: &BTreeMap<Dot, Value>) {
        assert_eq!((siblings.len(), siblings.is_empty()), (map.len(), map.is_empty()));
        assert!(siblings.iter().eq(map.iter()));
        assert!(siblings.keys().eq(map.keys()));
        assert!(siblings.values().eq(map.values()));
        assert!(siblings.clone().into_iter().eq(map.clone()));
        for number in 0..=u8::MAX {
            assert_eq!(siblings.get(&dot(number)), map.get(&dot(number)));
            assert_eq!(siblings.contains_key(&dot(number)), map.contains_key(&dot(number)));
        }
    }

    proptest! {
        #[test]
        fn siblings_are_a_sorted_map(steps in prop::collection::vec((0..3_u8, 0..12_u8, any::<u8>()), 0..12)) {
            let (mut siblings, mut map) = (Siblings::new(), BTreeMap::new());
            for (step, key, number) in steps {
                if step == 0 {
                    siblings.retain(|held, _| *held != dot(key));
                    map.retain(|held, _| *held != dot(key));
                } else {
                    prop_assert_eq!(siblings.insert(dot(key), value(number)), map.insert(dot(key), value(number)));
                }
                check_same(&siblings, &map);
                prop_assert_eq!(&siblings, &map.clone().into_iter().collect::<Siblings>());
            }
        }

        #[test]
        fn siblings_are_equal_when_they_hold_the_same(
            one in prop::collection::btree_map(0..4_u8, 0..2_u8, 0..3),
            other in prop::collection::btree_map(0..4_u8, 0..2_u8, 0..3),
        ) {
            let of = |map: &BTreeMap<u8, u8>| map.iter().map(|(key, number)| (dot(*key), value(*number))).collect::<Siblings>();
            prop_assert_eq!(of(&one) == of(&other), one == other);
        }
    }
}
