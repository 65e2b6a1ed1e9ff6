//! Processor time, as Linux counts it; elsewhere there are no such figures.
//!
//! A machine that does other work makes the clock on the wall a poor judge; this time is counted for one process alone.

use std::time::Duration;

/// The unit of times in `/proc/PID/stat`; the kernel promises it to programs whatever its own is.
const TICKS_PER_SECOND: u64 = 100;

/// What the children of this process have used that have ended, and were waited for.
pub fn of_children() -> Duration {
    ticks("self", [13, 14])
}

/// What a process has used until now.
pub fn of_process(id: u32) -> Duration {
    ticks(&id.to_string(), [11, 12])
}

/// What the calling thread has used until now, to the nanosecond.
pub fn of_this_thread() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0))
}

/// The sum of two fields, counted from the one behind the program's name, which may hold anything.
fn ticks(process: &str, fields: [usize; 2]) -> Duration {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let behind = text.rsplit_once(") ").map_or("", |(_, behind)| behind);
    let numbers: Vec<&str> = behind.split(' ').collect();
    let ticks: u64 = fields.iter().filter_map(|field| numbers.get(*field)?.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 1_000 / TICKS_PER_SECOND)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn work_is_counted_where_it_is_done() {
        let before = (of_this_thread(), of_process(std::process::id()), of_children());
        let work = || (0..50_000_000_u64).fold(1, |product: u64, n| std::hint::black_box(product.wrapping_mul(n | 1)));
        std::hint::black_box(work());
        assert!(of_this_thread() > before.0);
        assert!(of_process(std::process::id()) >= before.1);
        let loops = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
        std::process::Command::new("sh").args(["-c", loops]).status().expect("a shell is there");
        assert!(of_children() > before.2);
    }
}
