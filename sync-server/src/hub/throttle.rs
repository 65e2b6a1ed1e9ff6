//! Guessing enrolment codes is hopeless at any speed; this tells those who try to slow down.
//!
//! A right code always gets in: whoever reaches the port could shut everybody out otherwise.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Wrong codes in a row that a school may type.
const BURST: f64 = 500.0;
/// Wrong codes forgiven per second.
const PER_SECOND: f64 = 5.0;

/// A bucket that only wrong codes empty.
#[derive(Debug)]
pub(super) struct Throttle(Mutex<(f64, Instant)>);

impl Default for Throttle {
    fn default() -> Self {
        Self(Mutex::new((BURST, Instant::now())))
    }
}

impl Throttle {
    /// Counts a wrong code, and tells whether it was still one of those that are forgiven.
    pub(super) fn count_failure(&self) -> bool {
        self.count_at(Instant::now())
    }

    fn count_at(&self, now: Instant) -> bool {
        let mut bucket = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let refill = now.saturating_duration_since(bucket.1).as_secs_f64() * PER_SECOND;
        let left = (bucket.0 + refill).min(BURST);
        *bucket = ((left - 1.0).max(0.0), now);
        left >= 1.0
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn wrong_codes_close_the_door_for_a_while_however_many_come() {
        let throttle = Throttle::default();
        let start = Instant::now();
        assert!((0..500).all(|_| throttle.count_at(start)));
        assert!((0..5_000).all(|_| !throttle.count_at(start)));
        assert!(throttle.count_at(start + Duration::from_secs(1)));
    }
}
