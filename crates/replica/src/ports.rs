//! What the outside world gives a replica: the time of day, and randomness.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::checked_time::{Boot, ClockReading, Steady};
use domain::time::UtcMillis;
use rand::RngCore;
use uuid::Uuid;

use crate::steady;

/// Reads the clocks of a device.
pub trait Clock: Send + Sync {
    /// What the wall clock shows: milliseconds since 1970 UTC.
    fn now_ms(&self) -> u64;

    /// The steady clock, which nobody can set; that of this machine unless the clock has one of its own.
    fn steady(&self) -> Steady {
        steady::steady()
    }

    /// Whether whoever handed this clock in vouches for it, so that it needs no checking.
    fn is_vouched(&self) -> bool {
        false
    }

    /// Both clocks at once.
    fn reading(&self) -> ClockReading {
        ClockReading { wall: UtcMillis::from_stamp(self.now_ms()), steady: self.steady() }
    }
}

/// Gives random bytes.
pub trait Entropy: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The machine's clock; a clock set before 1970 reads as 1970.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(0)
    }
}

/// The machine's clock, moved so that it read a certain time when this was made, and running on from there.
#[derive(Clone, Copy, Debug)]
pub struct ShiftedClock {
    shift_ms: i128,
    /// A start of its own, where the time is vouched for: what other processes know of this machine says nothing of it.
    own_boot: Option<Boot>,
}

impl ShiftedClock {
    /// A device at which it *is* `start_ms` now: its time is vouched for.
    pub fn starting_at(start_ms: u64) -> Self {
        Self { own_boot: Some(Boot(new_uuid_v4(&OsEntropy))), ..Self::showing(start_ms) }
    }

    /// A device whose wall clock shows `wall_ms` now, for which nobody vouches; its steady clock is the machine's.
    pub fn showing(wall_ms: u64) -> Self {
        Self { shift_ms: i128::from(wall_ms) - i128::from(SystemClock.now_ms()), own_boot: None }
    }
}

impl Clock for ShiftedClock {
    fn now_ms(&self) -> u64 {
        let now = i128::from(SystemClock.now_ms()) + self.shift_ms;
        u64::try_from(now.max(0)).unwrap_or(u64::MAX)
    }

    fn steady(&self) -> Steady {
        let machine = steady::steady();
        Steady { boot: self.own_boot.unwrap_or(machine.boot), ..machine }
    }

    fn is_vouched(&self) -> bool {
        self.own_boot.is_some()
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// The clock and the randomness of one process.
#[derive(Clone)]
pub struct Ports {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The randomness.
    pub entropy: Arc<dyn Entropy>,
}

impl Ports {
    /// The machine's own.
    pub fn system() -> Self {
        Self { clock: Arc::new(SystemClock), entropy: Arc::new(OsEntropy) }
    }
}

/// A random UUID.
pub fn new_uuid_v4(entropy: &dyn Entropy) -> Uuid {
    let mut bytes = [0; 16];
    entropy.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// A UUID that sorts by the time it was made, and after `last` when both are of one millisecond.
pub(crate) fn next_uuid_v7(last: Uuid, now_ms: u64, entropy: &dyn Entropy) -> Uuid {
    let next = new_uuid_v7(now_ms, entropy);
    let is_same_moment = last.as_bytes()[..6] == next.as_bytes()[..6];
    if is_same_moment && next <= last { Uuid::from_u128(last.as_u128().wrapping_add(1)) } else { next }
}

/// A UUID that sorts by the time it was made.
pub fn new_uuid_v7(now_ms: u64, entropy: &dyn Entropy) -> Uuid {
    let mut bytes = [0; 10];
    entropy.fill(&mut bytes);
    uuid::Builder::from_unix_timestamp_millis(now_ms, &bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_sort_in_the_order_they_were_made() {
        let mut ids = vec![Uuid::nil()];
        for _ in 0..1_000 {
            ids.push(next_uuid_v7(ids[ids.len() - 1], 1_763_850_000_000, &OsEntropy));
        }
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!(ids[1..].iter().all(|id| id.get_version_num() == 7));
    }
}
