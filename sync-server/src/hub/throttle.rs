//! Guessing enrolment codes is hopeless at any speed; this keeps it from costing anything either.

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
    /// Whether another attempt is served now.
    pub(super) fn is_open(&self) -> bool {
        self.take(0.0, Instant::now()) >= 1.0
    }

    /// Counts a wrong code.
    pub(super) fn count_failure(&self) {
        self.take(1.0, Instant::now());
    }

    fn take(&self, tokens: f64, now: Instant) -> f64 {
        let mut bucket = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let refill = now.saturating_duration_since(bucket.1).as_secs_f64() * PER_SECOND;
        *bucket = ((bucket.0 + refill).min(BURST) - tokens, now);
        bucket.0
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn wrong_codes_close_the_door_for_a_while() {
        let throttle = Throttle::default();
        let start = Instant::now();
        for _ in 0..500 {
            assert!(throttle.is_open());
            throttle.take(1.0, start);
        }
        assert!(throttle.take(0.0, start) < 1.0);
        assert!(throttle.take(0.0, start + Duration::from_secs(1)) >= 1.0);
    }
}
