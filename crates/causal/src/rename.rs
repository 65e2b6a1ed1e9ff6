//! A replica that found it has a twin gives its unacknowledged writes a new name.

use std::collections::BTreeSet;

use crate::deletion::{deleted_dots, deletion_value};
use crate::{DELETED_FIELD, Dot, ReplicaId, State, Value};

impl State {
    /// Moves the writes of `old` above `acknowledged` to `new`, number for number.
    ///
    /// They move in the writes *and* in `version`, where `old` falls back to `acknowledged`: keeping the old counters
    /// there would cover the twin's writes of the same numbers, and lose them.
    /// A deletion that moves names the moved writes by their new name.
    /// Values and stamps stay as they are. Returns whether anything moved.
    ///
    /// Law: a twin's writes under the old numbers merge beside the moved ones
    /// (`a_renamed_replica_loses_no_write_of_its_twin`).
    pub fn move_own(&mut self, old: ReplicaId, acknowledged: u64, new: ReplicaId) -> bool {
        if self.version.get(old) <= acknowledged {
            return false;
        }
        let moved = |dot: Dot| {
            if dot.replica == old && dot.counter > acknowledged { Dot::new(new, dot.counter) } else { dot }
        };
        self.version.move_own(old, acknowledged, new);
        self.writes = std::mem::take(&mut self.writes).into_iter().map(|(dot, stamp)| (moved(dot), stamp)).collect();
        for (name, siblings) in &mut self.fields {
            let is_deletion = &**name == DELETED_FIELD;
            *siblings = std::mem::take(siblings)
                .into_iter()
                .map(|(dot, value)| match moved(dot) {
                    renamed if is_deletion && renamed != dot => (renamed, move_deletion(&value, moved)),
                    renamed => (renamed, value),
                })
                .collect();
        }
        true
    }
}

fn move_deletion(value: &Value, moved: impl Fn(Dot) -> Dot) -> Value {
    match deleted_dots(value) {
        Some(dots) => deletion_value(dots.into_iter().map(moved).collect::<BTreeSet<_>>().into_iter()),
        None => value.clone(),
    }
}
