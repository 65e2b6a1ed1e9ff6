//! How long to wait after a failure.

use std::time::Duration;

/// Waits that double up to a cap, each with up to half of it taken off at random, so that tablets that lost the server at
/// one moment do not come back at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    first: Duration,
    cap: Duration,
    failures: u32,
}

impl Backoff {
    /// The longest wait.
    pub(super) const CAP: Duration = Duration::from_secs(300);

    /// Waits of one second, two, four, up to five minutes.
    pub fn new() -> Self {
        Self { first: Duration::from_secs(1), cap: Self::CAP, failures: 0 }
    }

    /// Starts over: an exchange ended well, or the network came back.
    pub fn reset(&mut self) {
        self.failures = 0;
    }

    /// The wait after one more failure; `random` is any number, and decides how much is taken off.
    pub fn next(&mut self, random: u64) -> Duration {
        let doubled = self.first.saturating_mul(2u32.saturating_pow(self.failures.min(30)));
        self.failures = self.failures.saturating_add(1);
        let full = doubled.min(self.cap);
        let off = u128::from(random % 1_000) * full.as_millis() / 2_000;
        full - Duration::from_millis(u64::try_from(off).unwrap_or(0))
    }

    /// What a server asks for with up to half of it put on at random: tablets that it sent away at one moment come back apart.
    pub(super) fn spread(asked: Duration, random: u64) -> Duration {
        asked + asked / 2_000 * u32::try_from(random % 1_000).unwrap_or(0)
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn waits_double_up_to_the_cap() {
        let mut backoff = Backoff::new();
        let waits: Vec<u64> = (0..11).map(|_| backoff.next(0).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        backoff.reset();
        assert_eq!(backoff.next(0), Duration::from_secs(1));
    }

    proptest! {
        #[test]
        fn every_wait_lies_between_half_and_the_whole(failures in 0u32..200, random: u64) {
            let mut backoff = Backoff { failures, ..Backoff::new() };
            let full = Backoff { failures, ..Backoff::new() }.next(0);
            let wait = backoff.next(random);
            prop_assert!(wait <= full && wait >= full / 2);
            prop_assert!(full <= Duration::from_secs(300));
        }

        #[test]
        fn nobody_comes_back_before_the_server_asked_for_it_nor_much_later(seconds in 0u64..=300, random: u64) {
            let asked = Duration::from_secs(seconds);
            let wait = Backoff::spread(asked, random);
            prop_assert!(wait >= asked && wait <= asked + asked / 2);
        }
    }
}
