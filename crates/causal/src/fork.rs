//! Telling states that saves have made from states that cannot be: a dot used twice, or a value that vanished.

use std::sync::Arc;

use crate::{Dot, Siblings, State, VersionVector};

/// What shows that two states cannot both come from one history.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fork {
    /// One write has two stamps.
    Stamp(Dot),
    /// One write put two values into one field.
    Value(Arc<str>, Dot),
    /// One side knows of this write, lacks it, and has nothing newer in its place.
    Vanished(Arc<str>, Dot),
}

impl State {
    /// What shows that this state and `other` do not come from one history, if anything does.
    ///
    /// No save takes a value away without putting one in its place.
    /// So where one side covers a sibling of the other but lacks it, that side must hold something in the field that the
    /// other has not seen. Writes that `purged` covers are exempt: the retention time took them away.
    ///
    /// Law: found from both sides or from neither (which of several is named may differ), and never found in two states
    /// that saves and merges have made (`states_that_saves_made_are_never_called_forked`).
    /// Renames keep that only where the id changes before the store merges anything that has seen a moved write, as the
    /// protocol has it: afterwards the store would hold a replacement and not know what it replaced.
    pub fn fork_against(&self, other: &Self, purged: &VersionVector) -> Option<Fork> {
        for (dot, stamp) in &self.writes {
            if other.writes.get(dot).is_some_and(|theirs| theirs != stamp) {
                return Some(Fork::Stamp(*dot));
            }
        }
        let names = self.fields.keys().chain(other.fields.keys().filter(|name| !self.fields.contains_key(*name)));
        names.into_iter().find_map(|name| {
            let empty = Siblings::new();
            let ours = self.fields.get(name).unwrap_or(&empty);
            let theirs = other.fields.get(name).unwrap_or(&empty);
            let two_values = ours.iter().find(|(dot, value)| theirs.get(dot).is_some_and(|theirs| theirs != *value));
            if let Some((dot, _)) = two_values {
                return Some(Fork::Value(name.clone(), *dot));
            }
            vanished(ours, &self.version, theirs, &other.version, purged)
                .or_else(|| vanished(theirs, &other.version, ours, &self.version, purged))
                .map(|dot| Fork::Vanished(name.clone(), dot))
        })
    }
}

/// A sibling of `here` that `there` covers but lacks, while `there` holds nothing that `here` has not seen.
fn vanished(
    here: &Siblings,
    here_version: &VersionVector,
    there: &Siblings,
    there_version: &VersionVector,
    purged: &VersionVector,
) -> Option<Dot> {
    if there.keys().any(|dot| !here_version.covers(*dot)) {
        return None;
    }
    here.keys().copied().find(|dot| there_version.covers(*dot) && !there.contains_key(dot) && !purged.covers(*dot))
}
