//! What a person had before their eyes when they saved.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::{Dot, ReplicaId, VersionVector};

/// The causal context of a save: a version vector, and single dots beside it.
///
/// Reading a record gives its version.
/// A form that has saved knows its own write too, and nothing else that happened since: that is what the dots are for.
/// As text it is opaque to clients; [`fmt::Display`] and [`FromStr`] are inverse (`seen_survives_its_text`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    vector: VersionVector,
    dots: BTreeSet<Dot>,
}

/// A text that [`Seen`] did not write.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("not a version that a read or a save has given")]
#[non_exhaustive]
pub struct SeenError;

impl Seen {
    /// Nothing was seen.
    pub const fn nothing() -> Self {
        Self { vector: VersionVector::new(), dots: BTreeSet::new() }
    }

    /// Whether the write `dot` was seen.
    pub fn covers(&self, dot: Dot) -> bool {
        self.vector.covers(dot) || self.dots.contains(&dot)
    }

    /// Adds one write alone, without what its replica wrote before it.
    pub fn add_dot(&mut self, dot: Dot) {
        if !self.vector.covers(dot) {
            self.dots.insert(dot);
        }
    }

    /// Whether a write of `replica` is among what was seen.
    pub fn mentions(&self, replica: ReplicaId) -> bool {
        self.vector.get(replica) > 0 || self.dots.iter().any(|dot| dot.replica == replica)
    }

    /// Reads what was seen before `old` gave up its unacknowledged writes of this record to `new`.
    ///
    /// The same numbers mean the same writes, under the new name.
    pub fn move_own(&mut self, old: ReplicaId, acknowledged: u64, new: ReplicaId) {
        self.vector.move_own(old, acknowledged, new);
        let moved = |dot: Dot| {
            if dot.replica == old && dot.counter > acknowledged { Dot::new(new, dot.counter) } else { dot }
        };
        self.dots = self.dots.iter().copied().map(moved).collect();
    }
}

impl From<VersionVector> for Seen {
    fn from(vector: VersionVector) -> Self {
        Self { vector, dots: BTreeSet::new() }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |dots: &mut dyn Iterator<Item = Dot>| {
            dots.map(|dot| format!("{}:{}", dot.replica.0.simple(), dot.counter)).collect::<Vec<_>>().join(",")
        };
        f.write_str(&list(&mut self.vector.iter()))?;
        if !self.dots.is_empty() {
            write!(f, "+{}", list(&mut self.dots.iter().copied()))?;
        }
        Ok(())
    }
}

impl FromStr for Seen {
    type Err = SeenError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (vector, dots) = text.split_once('+').unwrap_or((text, ""));
        Ok(Self { vector: parse_dots(vector)?.into_iter().collect(), dots: parse_dots(dots)?.into_iter().collect() })
    }
}

fn parse_dots(text: &str) -> Result<Vec<Dot>, SeenError> {
    let parse = |entry: &str| {
        let (replica, counter) = entry.split_once(':')?;
        let counter: u64 = counter.parse().ok()?;
        (1..=crate::MAX_COUNTER).contains(&counter).then_some(())?;
        Some(Dot::new(replica.parse().ok()?, counter))
    };
    text.split(',').filter(|entry| !entry.is_empty()).map(|entry| parse(entry).ok_or(SeenError)).collect()
}
