//! How long somebody stayed at a point.

use super::run::{Run, Visit};
use crate::checked_time::{Moment, Span, span};

/// How long a visit was, as far as the clocks can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay(pub Option<Span>);

impl Stay {
    /// By how many seconds it was certainly too short; 0 when it was not, none when nobody can tell (未测).
    ///
    /// # Example
    /// ```
    /// use domain::{checked_time::Span, patrol::Stay};
    /// assert_eq!(Stay(Some(Span { min: 0, max: 25_000 })).short_by(40), Some(15));
    /// assert_eq!(Stay(Some(Span { min: 0, max: 40_000 })).short_by(40), Some(0));
    /// assert_eq!(Stay(None).short_by(40), None);
    /// ```
    pub fn short_by(self, min_seconds: u32) -> Option<u32> {
        let longest = self.0?.max;
        let missing = i64::from(min_seconds).saturating_mul(1_000).saturating_sub(longest);
        // A begun second counts as missing.
        Some(u32::try_from(missing.saturating_add(999) / 1_000).unwrap_or_default().min(min_seconds))
    }

    /// Whether it was certainly too short.
    pub fn is_short(self, min_seconds: u32) -> bool {
        self.short_by(min_seconds).is_some_and(|seconds| seconds > 0)
    }
}

impl Run {
    /// How long each visit was, in their order: from its arrival to the next arrival of the run, or to its finish.
    ///
    /// The last visit of a run that goes on has no end yet, and so is not measured; and of what is entered afterwards (补录) only
    /// the typing could be.
    pub fn stays(&self) -> Vec<(&Visit, Stay)> {
        let steps = self.steps();
        let end_of = |visit: &Visit| -> Option<Moment> {
            let at = steps.iter().position(|step| step.id == visit.id)?;
            let next = steps.get(at + 1).map(|step| (step.n, step.moment));
            let finish = self.ends.iter().find(|end| end.n >= visit.n).map(|end| (end.n, end.moment));
            let first = next.into_iter().chain(finish).min_by_key(|(n, _)| *n)?;
            Some(first.1)
        };
        let is_measured = !self.is_entered;
        let stay = |visit: &Visit| {
            let end = end_of(visit).filter(|_| is_measured);
            Stay(end.and_then(|end| span(&visit.arrived, &end)))
        };
        self.visits.iter().map(|visit| (visit, stay(visit))).collect()
    }
}
