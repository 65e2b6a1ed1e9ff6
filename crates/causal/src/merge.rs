//! The join of two states.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::{Siblings, State, VersionVector};

impl State {
    /// Joins the history of `other` into this state.
    ///
    /// `version` becomes the pointwise maximum.
    /// Of each field stay the siblings that are in both, and those of either side that the other side's version does not
    /// cover; a sibling that is covered but gone was replaced by somebody who had seen it.
    ///
    /// Law: commutative, associative, idempotent, and monotone in `version` (`tests/all/laws/merge.rs`, `merge_is_*`).
    /// Clocks take no part.
    /// Cost: linear in the siblings of both sides.
    /// Source: Preguiça et al. 2010, arXiv:1011.5808 (dotted version vectors); Shapiro et al. 2011, INRIA RR-7506.
    pub fn merge(&mut self, other: &Self) {
        let names: BTreeSet<Arc<str>> = self.fields.keys().chain(other.fields.keys()).cloned().collect();
        let mut fields = BTreeMap::new();
        for name in names {
            let empty = Siblings::new();
            let ours = self.fields.get(&name).unwrap_or(&empty);
            let theirs = other.fields.get(&name).unwrap_or(&empty);
            let joined = join_siblings(ours, &self.version, theirs, &other.version);
            if !joined.is_empty() {
                fields.insert(name, joined);
            }
        }
        self.fields = fields;
        for (dot, stamp) in &other.writes {
            self.writes.entry(*dot).or_insert_with(|| stamp.clone());
        }
        self.version.join(&other.version);
        self.drop_unused_writes();
    }
}

fn join_siblings(
    ours: &Siblings,
    our_version: &VersionVector,
    theirs: &Siblings,
    their_version: &VersionVector,
) -> Siblings {
    let kept_ours = ours.iter().filter(|(dot, _)| theirs.contains_key(dot) || !their_version.covers(**dot));
    let kept_theirs = theirs.iter().filter(|(dot, _)| !our_version.covers(**dot));
    kept_ours.chain(kept_theirs).map(|(dot, value)| (*dot, value.clone())).collect()
}
