//! Instants, and the days they belong to on a campus.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Milliseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UtcMillis(pub i64);

/// Why a name is not a time zone.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not a time zone")]
pub struct UnknownZone(pub String);

/// The zone where a campus names none.
pub const DEFAULT_ZONE: Tz = Tz::Asia__Shanghai;

/// The hour until which a night patrol counts for the evening before.
pub const NIGHT_ENDS_AT: u32 = 6;

/// Whether work belongs to the day or to a night that began the evening before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// Belongs to the calendar day.
    Day,
    /// From 00:00 to 06:00 it belongs to the day before.
    Night,
}

impl UtcMillis {
    /// The instant of a stamp; one beyond the calendar is the largest that fits.
    pub fn from_stamp(at: u64) -> Self {
        Self(i64::try_from(at).unwrap_or(i64::MAX))
    }

    /// The instant as a date and time in UTC; beyond the calendar it is the nearest that fits.
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(if self.0 < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
    }

    /// The wall clock of the campus at this instant.
    pub fn local(self, zone: Tz) -> NaiveDateTime {
        // Near the ends of the calendar the offset would leave it.
        let utc = self.to_utc().naive_utc();
        let offset = chrono::Offset::fix(&zone.offset_from_utc_datetime(&utc));
        utc.checked_add_offset(offset).unwrap_or(utc)
    }

    /// This instant and `hours` more.
    pub fn plus_hours(self, hours: u32) -> Self {
        Self(self.0.saturating_add(i64::from(hours) * 3_600_000))
    }
}

/// The time zone of a campus, `Asia/Shanghai` where it names none.
///
/// # Errors
/// [`UnknownZone`] when the name is not in the tz database.
pub fn zone(name: Option<&str>) -> Result<Tz, UnknownZone> {
    match name {
        None | Some("") => Ok(DEFAULT_ZONE),
        Some(name) => name.parse().map_err(|_| UnknownZone(name.to_owned())),
    }
}

/// The 业务日 of an instant.
///
/// # Example
/// ```
/// use domain::time::{DEFAULT_ZONE, Shift, UtcMillis, business_date};
/// let two_at_night = UtcMillis(1_788_285_600_000); // 2026-09-02 02:00 in Shanghai
/// assert_eq!(business_date(two_at_night, DEFAULT_ZONE, Shift::Night).to_string(), "2026-09-01");
/// assert_eq!(business_date(two_at_night, DEFAULT_ZONE, Shift::Day).to_string(), "2026-09-02");
/// ```
pub fn business_date(at: UtcMillis, zone: Tz, shift: Shift) -> NaiveDate {
    let local = at.local(zone);
    if shift == Shift::Night && local.hour() < NIGHT_ENDS_AT {
        local.date().pred_opt().unwrap_or(local.date())
    } else {
        local.date()
    }
}

/// The first instant of a day on the campus, and the first of the next day.
pub fn day_bounds(date: NaiveDate, zone: Tz) -> (UtcMillis, UtcMillis) {
    let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
    (instant(date.and_time(NaiveTime::MIN), zone), instant(next.and_time(NaiveTime::MIN), zone))
}

/// 23:59 of a day on the campus.
pub fn end_of_day(date: NaiveDate, zone: Tz) -> UtcMillis {
    let time = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(NaiveTime::MIN);
    instant(date.and_time(time), zone)
}

/// The instant at which the wall clock of the campus shows `local`.
///
/// A wall clock time that occurs twice means its first occurrence; one that a change to summer time skips means the
/// instant after the gap.
pub fn instant(local: NaiveDateTime, zone: Tz) -> UtcMillis {
    const STEP_MINUTES: i64 = 15;
    const LONGEST_GAP_STEPS: i64 = 8 * 24;
    (0..LONGEST_GAP_STEPS)
        .find_map(|step| {
            let shifted = local.checked_add_signed(chrono::TimeDelta::minutes(step * STEP_MINUTES))?;
            zone.from_local_datetime(&shifted).earliest()
        })
        .map_or_else(|| UtcMillis(local.and_utc().timestamp_millis()), |at| UtcMillis(at.timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().expect("a date and time")
    }

    #[test]
    fn a_night_patrol_counts_for_the_evening_before_until_six() {
        let check = |time: &str, shift, expected: &str| {
            let at = instant(local(time), DEFAULT_ZONE);
            assert_eq!(business_date(at, DEFAULT_ZONE, shift).to_string(), expected, "{time}");
        };
        check("2026-09-02T00:00:00", Shift::Night, "2026-09-01");
        check("2026-09-02T05:59:59", Shift::Night, "2026-09-01");
        check("2026-09-02T06:00:00", Shift::Night, "2026-09-02");
        check("2026-09-01T22:00:00", Shift::Night, "2026-09-01");
        check("2026-09-02T05:00:00", Shift::Day, "2026-09-02");
    }

    #[test]
    fn a_day_follows_the_zone_of_the_campus() {
        let date = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a date");
        let (start, end) = day_bounds(date, DEFAULT_ZONE);
        assert_eq!(start.to_utc().to_rfc3339(), "2026-08-31T16:00:00+00:00");
        assert_eq!(end.0 - start.0, 86_400_000);
        assert_eq!(end_of_day(date, DEFAULT_ZONE).0, end.0 - 60_000);
    }

    #[test]
    fn days_of_a_clock_change_have_23_and_25_hours() {
        let berlin = Tz::Europe__Berlin;
        let hours = |text: &str| {
            let (start, end) = day_bounds(text.parse().expect("a date"), berlin);
            (end.0 - start.0) / 3_600_000
        };
        assert_eq!(hours("2026-03-29"), 23);
        assert_eq!(hours("2026-10-25"), 25);
        assert_eq!(instant(local("2026-03-29T02:30:00"), berlin), instant(local("2026-03-29T03:00:00"), berlin));
    }

    #[test]
    fn an_unknown_zone_is_an_error() {
        assert_eq!(zone(None), Ok(DEFAULT_ZONE));
        assert_eq!(zone(Some("Asia/Urumqi")), Ok(Tz::Asia__Urumqi));
        assert!(zone(Some("Mars/Olympus")).is_err());
    }

    proptest! {
        #[test]
        fn any_instant_has_a_day(at in any::<i64>()) {
            let at = UtcMillis(at);
            let date = business_date(at, DEFAULT_ZONE, Shift::Night);
            let _ = day_bounds(date, DEFAULT_ZONE);
        }
    }
}
