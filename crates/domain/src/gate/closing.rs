//! When the gate closes: who and what should be out by then, and stands on the gate's tablets until somebody has said otherwise.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::time::{UtcMillis, instant};

/// The hour at which the gate closes; the registers of the gate say the same of their rows.
pub const CLOSING_HOUR: u32 = 20;

/// The moment at which the gate closes on a day.
///
/// # Example
/// ```
/// use domain::gate::closes_at;
/// use domain::time::UtcMillis;
/// let day = "2026-09-01".parse().expect("a day");
/// let zone = domain::time::zone(None).expect("a zone");
/// assert_eq!(closes_at(day, zone), UtcMillis(1_788_264_000_000), "20:00 in China");
/// ```
pub fn closes_at(day: NaiveDate, zone: Tz) -> UtcMillis {
    instant(day.and_hms_opt(CLOSING_HOUR, 0, 0).expect("20:00 is a time of each day"), zone)
}
