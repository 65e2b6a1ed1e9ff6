//! The merge state of one record: its version, its live writes and the siblings of each field.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use thiserror::Error;

use crate::{Dot, MAX_COUNTER, Siblings, Value, VersionVector};

/// When and by whom a write was made, on the word of its device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Wall-clock milliseconds since 1970 UTC; takes no part in any merge.
    pub at: u64,
    /// The person, where one was known.
    pub by: Option<Arc<str>>,
}

/// One live value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sibling<'a> {
    /// The write that made it.
    pub dot: Dot,
    /// When and by whom.
    pub stamp: &'a Stamp,
    /// What was written.
    pub value: &'a Value,
}

/// The mergeable part of a record.
///
/// Invariant: counters are in 1 to [`MAX_COUNTER`], every dot in a field is covered by `version` and has a stamp, every
/// stamp belongs to a dot that some field holds, and no field is empty.
/// A state without fields but with a version is one that was purged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub(crate) version: VersionVector,
    pub(crate) writes: BTreeMap<Dot, Stamp>,
    pub(crate) fields: BTreeMap<Arc<str>, Siblings>,
}

/// Why parts do not make a state.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateError {
    /// A counter is 0 or above [`MAX_COUNTER`].
    #[error("the counter {0} cannot be that of a write")]
    CounterOutOfRange(u64),
    /// A write is not covered by the version.
    #[error("a write is not covered by the version")]
    UncoveredWrite,
    /// A field names a write that has no stamp.
    #[error("a field holds a write without a stamp")]
    UnknownWrite,
    /// A stamp belongs to no field.
    #[error("a write is used by no field")]
    UnusedWrite,
    /// A field has no sibling.
    #[error("a field has no sibling")]
    EmptyField,
}

impl State {
    /// A state that nobody has written to.
    pub const fn new() -> Self {
        Self { version: VersionVector::new(), writes: BTreeMap::new(), fields: BTreeMap::new() }
    }

    /// Puts a state together from parts that came from a file or a network.
    ///
    /// # Errors
    /// The first broken part of the invariant of [`State`].
    pub fn from_parts(
        version: VersionVector,
        writes: BTreeMap<Dot, Stamp>,
        fields: BTreeMap<Arc<str>, Siblings>,
    ) -> Result<Self, StateError> {
        for dot in version.iter().chain(writes.keys().copied()) {
            if !(1..=MAX_COUNTER).contains(&dot.counter) {
                return Err(StateError::CounterOutOfRange(dot.counter));
            }
        }
        if writes.keys().any(|dot| !version.covers(*dot)) {
            return Err(StateError::UncoveredWrite);
        }
        if fields.values().any(Siblings::is_empty) {
            return Err(StateError::EmptyField);
        }
        let mut used = 0;
        let mut seen = BTreeSet::new();
        for dot in fields.values().flat_map(Siblings::keys) {
            if !writes.contains_key(dot) {
                return Err(StateError::UnknownWrite);
            }
            used += usize::from(seen.insert(*dot));
        }
        if used != writes.len() {
            return Err(StateError::UnusedWrite);
        }
        Ok(Self { version, writes, fields })
    }

    /// What this state has seen.
    pub fn version(&self) -> &VersionVector {
        &self.version
    }

    /// The stamps of all live writes, ordered by dot.
    pub fn writes(&self) -> &BTreeMap<Dot, Stamp> {
        &self.writes
    }

    /// All fields with their siblings, ordered by name.
    pub fn fields(&self) -> &BTreeMap<Arc<str>, Siblings> {
        &self.fields
    }

    /// The names of all fields, system fields included, in order.
    pub fn field_names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(AsRef::as_ref)
    }

    /// The siblings of the field `name`, ordered by dot; nothing where there is no such field.
    pub fn siblings<'a>(&'a self, name: &str) -> impl Iterator<Item = Sibling<'a>> {
        let entries = self.fields.get(name).map(Siblings::iter);
        entries
            .into_iter()
            .flatten()
            .filter_map(|(dot, value)| self.writes.get(dot).map(|stamp| Sibling { dot: *dot, stamp, value }))
    }

    /// Whether nothing was ever written.
    pub fn is_new(&self) -> bool {
        self.version.is_empty()
    }

    /// Whether the retention time took every value away; see [`State::purge`].
    pub fn is_purged(&self) -> bool {
        self.fields.is_empty() && !self.version.is_empty()
    }

    /// Takes every value and stamp away, and keeps the version.
    ///
    /// Law: merging a purged state with any state that it had seen gives the purged state; a write that it had not seen
    /// comes back alone (`a_purge_takes_what_it_saw_and_nothing_else`).
    pub fn purge(&mut self) {
        self.fields.clear();
        self.writes.clear();
    }

    /// Drops the stamps that no field uses any more.
    pub(crate) fn drop_unused_writes(&mut self) {
        let live: BTreeSet<Dot> = self.fields.values().flat_map(Siblings::keys).copied().collect();
        if live.len() != self.writes.len() {
            self.writes.retain(|dot, _| live.contains(dot));
        }
    }
}
