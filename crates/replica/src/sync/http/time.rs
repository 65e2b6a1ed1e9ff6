//! The time that an answer tells.

use std::time::Instant;

use chrono::DateTime;

use crate::sync::HeardTime;

/// What the header `Date` of an answer that has just arrived says; it tells whole seconds, and was written halfway.
pub(super) fn heard(date: &str, began: Instant) -> Option<HeardTime> {
    const HALF_A_SECOND_MS: u64 = 500;
    let arrived = Instant::now();
    let round_trip = arrived.duration_since(began);
    let written = u64::try_from(DateTime::parse_from_rfc2822(date).ok()?.timestamp_millis()).ok()?;
    let way_back = u64::try_from(round_trip.as_millis() / 2).unwrap_or(u64::MAX);
    let time_ms = written.saturating_add(HALF_A_SECOND_MS).saturating_add(way_back);
    Some(HeardTime { time_ms, round_trip, arrived })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_http_is_read_and_anything_else_tells_no_time() {
        let told = heard("Sun, 29 Nov 2026 02:00:00 GMT", Instant::now()).expect("a date");
        assert!(told.time_ms.abs_diff(1_795_917_600_500) < 100, "{told:?}");
        for text in ["", "yesterday", "Sun, 32 Nov 2026 02:00:00 GMT", "Sun, 06 Nov 1932 08:49:37 GMT"] {
            assert!(heard(text, Instant::now()).is_none(), "{text}");
        }
    }
}
