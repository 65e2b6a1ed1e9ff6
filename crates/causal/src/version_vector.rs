//! What a state has seen, one number per replica.

use std::collections::BTreeMap;
use std::fmt;

use crate::{Dot, ReplicaId};

/// For each replica, the highest counter of its writes that have been seen; 0 where there is no entry.
///
/// Law: [`join`](Self::join) is the pointwise maximum, hence commutative, associative, idempotent and monotone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct VersionVector(BTreeMap<ReplicaId, u64>);

impl VersionVector {
    /// A vector that has seen nothing.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// The highest counter of `replica` that has been seen, 0 for none.
    pub fn get(&self, replica: ReplicaId) -> u64 {
        self.0.get(&replica).copied().unwrap_or(0)
    }

    /// Whether `dot` has been seen.
    pub fn covers(&self, dot: Dot) -> bool {
        self.get(dot.replica) >= dot.counter
    }

    /// Whether everything that `other` has seen has been seen here too.
    pub fn covers_all(&self, other: &Self) -> bool {
        other.iter().all(|dot| self.covers(dot))
    }

    /// Raises the entry of `dot.replica` to `dot.counter`; never lowers it.
    pub fn add(&mut self, dot: Dot) {
        if dot.counter > 0 {
            let entry = self.0.entry(dot.replica).or_insert(0);
            *entry = (*entry).max(dot.counter);
        }
    }

    /// Sees all that `other` has seen.
    pub fn join(&mut self, other: &Self) {
        other.iter().for_each(|dot| self.add(dot));
    }

    /// The entries as the highest dot of each replica, ordered by replica.
    pub fn iter(&self) -> impl Iterator<Item = Dot> + '_ {
        self.0.iter().map(|(replica, counter)| Dot::new(*replica, *counter))
    }

    /// How many replicas have an entry.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing has been seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Moves the part of `old`'s entry above `acknowledged` to `new`, number for number.
    ///
    /// `{old: 9}` with 7 acknowledged becomes `{old: 7, new: 9}`; an entry at or below it stays as it is.
    pub(crate) fn move_own(&mut self, old: ReplicaId, acknowledged: u64, new: ReplicaId) {
        let counter = self.get(old);
        if counter <= acknowledged {
            return;
        }
        self.0.remove(&old);
        self.add(Dot::new(old, acknowledged));
        self.add(Dot::new(new, counter));
    }
}

impl FromIterator<Dot> for VersionVector {
    fn from_iter<I: IntoIterator<Item = Dot>>(dots: I) -> Self {
        let mut vector = Self::new();
        dots.into_iter().for_each(|dot| vector.add(dot));
        vector
    }
}

impl fmt::Debug for VersionVector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter()).finish()
    }
}
