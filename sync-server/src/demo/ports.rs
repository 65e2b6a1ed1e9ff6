//! The time and the randomness of the script.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::checked_time::{Boot, Steady};
use replica::{Clock, Entropy};
use uuid::Uuid;

/// How long before today the machine of the script was started: before all that the script tells.
const RUNNING_MS: u64 = 40 * 86_400_000;

/// A clock that the script sets.
///
/// The script of today ends at a time of day that may not have come yet; then the day so far is as long as the script:
/// nothing lies in the future, and everything lies on its day.
#[derive(Debug)]
pub(super) struct ScriptClock {
    planned: AtomicU64,
    today: u64,
    /// How much of today has passed, and how much of it the script takes.
    elapsed: u64,
    script: u64,
}

impl ScriptClock {
    /// A clock for a script that takes `script` ms of the day that began at `today`, of which `elapsed` ms have passed.
    pub(super) fn new(today: u64, elapsed: u64, script: u64) -> Self {
        Self { planned: AtomicU64::new(today), today, elapsed: elapsed.min(script), script }
    }

    /// Sets it to a time of the script.
    pub(super) fn set(&self, planned: u64) {
        self.planned.store(planned, Ordering::Relaxed);
    }

    /// Lets time of the script pass.
    pub(super) fn advance(&self, milliseconds: u64) {
        self.planned.fetch_add(milliseconds, Ordering::Relaxed);
    }
}

impl Clock for ScriptClock {
    fn now_ms(&self) -> u64 {
        let planned = self.planned.load(Ordering::Relaxed);
        match planned.checked_sub(self.today) {
            None => planned,
            Some(since) => self.today + since.min(self.script) * self.elapsed / self.script,
        }
    }

    /// The script's own: it counts what the script takes, also where the day so far is shorter.
    fn steady(&self) -> Steady {
        let started = self.today.saturating_sub(RUNNING_MS);
        Steady { boot: Boot(Uuid::nil()), ms: self.planned.load(Ordering::Relaxed).saturating_sub(started) }
    }

    fn is_vouched(&self) -> bool {
        true
    }
}

/// Bytes that follow from a seed (SplitMix64); the same in every release.
#[derive(Debug)]
pub(super) struct Seeded(AtomicU64);

impl Seeded {
    pub(super) fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    fn next(&self) -> u64 {
        const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut word = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }
}

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_the_script_of_today_has_come_about_the_day_so_far_holds_all_of_it() {
        let at = |elapsed, planned| {
            let clock = ScriptClock::new(1_000, elapsed, 100);
            clock.set(planned);
            clock.now_ms()
        };
        assert_eq!([900, 1_000, 1_050, 1_100].map(|planned| at(100, planned)), [900, 1_000, 1_050, 1_100]);
        assert_eq!([900, 1_000, 1_050, 1_100].map(|planned| at(10, planned)), [900, 1_000, 1_005, 1_010]);
        assert_eq!(at(5_000, 1_100), 1_100);
    }

    #[test]
    fn randomness_never_changes_from_release_to_release() {
        let mut bytes = [0; 8];
        Seeded::new(0).fill(&mut bytes);
        assert_eq!(u64::from_le_bytes(bytes), 0xE220_A839_7B1D_CDAF, "the first word of SplitMix64 from 0");
    }
}
