//! The server's clock.

use std::time::{SystemTime, UNIX_EPOCH};

/// Gives the time, in milliseconds since 1970 UTC.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now_ms(&self) -> u64;
}

/// The machine's clock, ahead by a constant.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock {
    offset_ms: i64,
}

impl SystemClock {
    /// The machine's clock, ahead by `offset_ms`.
    pub fn ahead_by(offset_ms: i64) -> Self {
        Self { offset_ms }
    }

    /// The clock that shows `now_ms` now, and runs on.
    pub fn starting_at(now_ms: u64) -> Self {
        let ahead = i128::from(now_ms) - i128::from(machine_ms());
        Self { offset_ms: i64::try_from(ahead).unwrap_or(0) }
    }

    /// How far it is ahead of the machine's.
    pub fn offset_ms(self) -> i64 {
        self.offset_ms
    }
}

impl Clock for SystemClock {
    fn now_ms(&self) -> u64 {
        machine_ms().saturating_add_signed(self.offset_ms).min(causal::MAX_COUNTER)
    }
}

fn machine_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
