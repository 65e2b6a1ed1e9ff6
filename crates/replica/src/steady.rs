//! The machine's steady clock.

use std::sync::LazyLock;
use std::time::Instant;

use domain::checked_time::{Boot, Steady};
use rand::Rng;

/// When this process first looked, and what stands for the machine's start where the system does not name it.
static PROCESS: LazyLock<(Instant, Boot)> = LazyLock::new(|| (Instant::now(), process_boot()));

/// The machine's start, as the system names it.
static BOOT: LazyLock<Option<Boot>> = LazyLock::new(boot);

/// The steady clock of this machine now.
///
/// Where the system does not tell its starts apart, or has no clock that counts sleep, each process is a start of its own:
/// then nothing is known across two of them, and nothing wrong either.
pub(crate) fn steady() -> Steady {
    match (*BOOT, since_boot_ms()) {
        (Some(boot), Some(ms)) => Steady { boot, ms },
        _ => Steady { boot: PROCESS.1, ms: u64::try_from(PROCESS.0.elapsed().as_millis()).unwrap_or(u64::MAX) },
    }
}

fn process_boot() -> Boot {
    Boot(uuid::Builder::from_random_bytes(rand::rng().random()).into_uuid())
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn boot() -> Option<Boot> {
    let text = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    text.trim().parse().ok().map(Boot)
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn since_boot_ms() -> Option<u64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let ms = i128::from(time.tv_sec) * 1_000 + i128::from(time.tv_nsec) / 1_000_000;
    u64::try_from(ms).ok()
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn boot() -> Option<Boot> {
    None
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn since_boot_ms() -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steady_clock_never_goes_back_and_names_one_start() {
        let readings: Vec<Steady> = (0..1_000).map(|_| steady()).collect();
        assert!(readings.iter().all(|reading| reading.boot == readings[0].boot));
        assert!(readings.is_sorted_by_key(|reading| reading.ms));
    }
}
