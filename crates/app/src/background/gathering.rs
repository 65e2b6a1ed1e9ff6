//! When changes are told: the first at once, and what follows close behind it together.

use std::time::{Duration, Instant};

/// How long what follows a change is gathered, so that a page of an exchange is told once.
const GATHER: Duration = Duration::from_millis(50);

/// Changes on their way to whoever is told of them.
///
/// Law: everything that is heard is told, in order, at most [`GATHER`] later; and nothing is told twice within that time
/// (`all_that_is_heard_is_told_in_time_and_seldom`).
pub(super) struct Gathering<T> {
    held: Vec<T>,
    /// Before this nothing is told.
    quiet_until: Option<Instant>,
}

impl<T> Gathering<T> {
    pub(super) fn new() -> Self {
        Self { held: Vec::new(), quiet_until: None }
    }

    /// Takes a change that was heard.
    pub(super) fn hear(&mut self, change: T) {
        self.held.push(change);
    }

    /// What is to be told now, which is nothing while it is gathered.
    pub(super) fn take(&mut self, now: Instant) -> Vec<T> {
        if self.held.is_empty() || self.wait(now).is_some_and(|wait| !wait.is_zero()) {
            return Vec::new();
        }
        self.quiet_until = Some(now + GATHER);
        std::mem::take(&mut self.held)
    }

    /// How long until something is to be told; none while nothing is held.
    pub(super) fn wait(&self, now: Instant) -> Option<Duration> {
        let until = self.quiet_until.map_or(Duration::ZERO, |until| until.saturating_duration_since(now));
        (!self.held.is_empty()).then_some(until)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn all_that_is_heard_is_told_in_time_and_seldom(pauses in prop::collection::vec(0..130_u64, 0..40)) {
            let start = Instant::now();
            let mut gathering = Gathering::new();
            let (mut heard, mut told, mut now) = (Vec::new(), Vec::new(), start);
            // As the teller does: it waits for the next change, and no longer than until something is to be told.
            for (number, pause) in pauses.iter().enumerate() {
                let next = now + Duration::from_millis(*pause);
                while let Some(wait) = gathering.wait(now).filter(|wait| now + *wait < next) {
                    now += wait;
                    told.push((now, gathering.take(now)));
                }
                now = next;
                heard.push(now);
                gathering.hear(number);
                told.push((now, gathering.take(now)));
            }
            while let Some(wait) = gathering.wait(now) {
                now += wait;
                told.push((now, gathering.take(now)));
            }
            told.retain(|(_, numbers)| !numbers.is_empty());
            let numbers: Vec<usize> = told.iter().flat_map(|(_, numbers)| numbers.iter().copied()).collect();
            prop_assert_eq!(numbers, (0..pauses.len()).collect::<Vec<_>>());
            for (at, numbers) in &told {
                prop_assert!(numbers.iter().all(|number| *at - heard[*number] <= GATHER));
            }
            prop_assert!(told.windows(2).all(|two| two[1].0 - two[0].0 >= GATHER));
            if let (Some((first, _)), Some(heard)) = (told.first(), heard.first()) {
                prop_assert_eq!(first, heard);
            }
        }
    }
}
