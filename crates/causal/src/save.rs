//! A person's save.

use std::sync::Arc;

use thiserror::Error;

use crate::{DELETED_FIELD, Dot, MAX_COUNTER, Seen, Stamp, State, Value};

/// Why a save was not made; the state is as it was.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SaveError {
    /// The save sets no field, so nothing would carry its dot.
    #[error("a save sets at least one field")]
    NothingSet,
    /// The counter is 0, above [`MAX_COUNTER`], or was used before in this record.
    #[error("the counter {0} cannot be used for a new write")]
    CounterUsed(u64),
}

impl State {
    /// Writes `set` as one write, `dot`, by somebody who had `seen` what they had seen.
    ///
    /// In each field that is set, the siblings that `seen` covers are replaced; the others stay, and so become a visible
    /// conflict. Fields that are not set keep all their siblings.
    /// A save that saw a deletion also takes the deletion back (`_deleted` becomes `null`).
    ///
    /// Law: no save takes a value away without putting one in its place, and none removes what was not seen
    /// (`a_save_replaces_exactly_what_it_saw`).
    ///
    /// # Errors
    /// [`SaveError`]; nothing has changed then.
    pub fn save(
        &mut self,
        dot: Dot,
        stamp: Stamp,
        seen: &Seen,
        set: impl IntoIterator<Item = (Arc<str>, Value)>,
    ) -> Result<(), SaveError> {
        if dot.counter > MAX_COUNTER || dot.counter <= self.version.get(dot.replica) {
            return Err(SaveError::CounterUsed(dot.counter));
        }
        let mut set: Vec<(Arc<str>, Value)> = set.into_iter().collect();
        if set.is_empty() {
            return Err(SaveError::NothingSet);
        }
        if self.deletion_was_seen(seen) && set.iter().all(|(name, _)| &**name != DELETED_FIELD) {
            set.push((DELETED_FIELD.into(), Value::null()));
        }
        for (name, value) in set {
            let siblings = self.fields.entry(name).or_default();
            siblings.retain(|sibling, _| !seen.covers(*sibling));
            siblings.insert(dot, value);
        }
        self.writes.insert(dot, stamp);
        self.version.add(dot);
        self.drop_unused_writes();
        Ok(())
    }
}
