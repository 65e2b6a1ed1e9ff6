//! Until when a finding must be put right.

use std::fmt;
use std::str::FromStr;

use chrono::Days;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::calendar::Calendar;
use crate::severity::Severity;
use crate::time::{UtcMillis, end_of_day};

/// The time an item leaves for rectification.
///
/// Text: `0`, `2h`, `EOD`, `3d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum DueCode {
    /// 当场: at once, by whoever is there, and in any case within [`ON_THE_SPOT_HOURS`].
    OnTheSpot,
    /// So many hours after it was found.
    Hours(u32),
    /// 当日: 23:59 of the day it was found.
    EndOfDay,
    /// 23:59 of the day that many natural days later.
    Days(u32),
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for DueCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DueCode".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "The time an item leaves for rectification: at once, until the end of the day, so many hours or days.",
            "anyOf": [
                {"const": "0"},
                {"const": "EOD"},
                {"type": "string", "pattern": "^[0-9]+h$"},
                {"type": "string", "pattern": "^[0-9]+d$"},
            ],
        })
    }
}

/// A text that is no due code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not a due code such as 0, 2h, EOD or 3d")]
pub struct DueCodeError(pub String);

/// How long what has to be put right on the spot may stand at most.
///
/// A time that is over the moment a thing is found would call a finding overdue before anybody could be given it.
/// Two hours is the time in which a red line has to be reported upwards; by then it is put right, or somebody answers
/// for it.
pub const ON_THE_SPOT_HOURS: u32 = 2;

/// The longest time a due code may give, in hours or days.
const LONGEST: u32 = 10_000;

impl FromStr for DueCode {
    type Err = DueCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || DueCodeError(text.to_owned());
        let count = |digits: &str| {
            let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|count| is_plain && (1..=LONGEST).contains(count)).ok_or_else(error)
        };
        match text {
            "0" => Ok(Self::OnTheSpot),
            "EOD" => Ok(Self::EndOfDay),
            _ => match (text.strip_suffix('h'), text.strip_suffix('d')) {
                (Some(hours), _) => count(hours).map(Self::Hours),
                (_, Some(days)) => count(days).map(Self::Days),
                _ => Err(error()),
            },
        }
    }
}

impl fmt::Display for DueCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnTheSpot => f.write_str("0"),
            Self::Hours(hours) => write!(f, "{hours}h"),
            Self::EndOfDay => f.write_str("EOD"),
            Self::Days(days) => write!(f, "{days}d"),
        }
    }
}

impl Severity {
    /// The time that a finding of this grade gets when its item names none: 7 days, 3 days, 24 hours, on the spot.
    pub fn default_due(self) -> DueCode {
        match self {
            Self::L1 => DueCode::Days(7),
            Self::L2 => DueCode::Days(3),
            Self::L3 => DueCode::Hours(24),
            Self::L4 => DueCode::OnTheSpot,
        }
    }
}

impl From<DueCode> for String {
    fn from(code: DueCode) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for DueCode {
    type Error = DueCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// The instant until which a finding must be put right.
///
/// Days are natural days of the campus.
/// An L1 or L2 finding whose day falls into a holiday or a closed period rolls to 23:59 of the first school day after
/// it; a weekend alone does not roll, and neither does `0`, which gives [`ON_THE_SPOT_HOURS`].
/// An L3 or L4 finding never waits for school to open.
///
/// # Example
/// ```
/// use domain::{calendar::Calendar, due::{DueCode, due_at}, severity::Severity, time::UtcMillis};
/// let calendar = Calendar::default();
/// let found = UtcMillis(1_788_229_800_000); // 2026-09-01 10:30 in Shanghai
/// let due = due_at(DueCode::Days(3), Severity::L2, found, &calendar);
/// assert_eq!(due.local(calendar.zone).to_string(), "2026-09-04 23:59:00");
/// ```
pub fn due_at(code: DueCode, severity: Severity, found_at: UtcMillis, calendar: &Calendar) -> UtcMillis {
    let found_on = found_at.local(calendar.zone).date();
    let due = match code {
        DueCode::OnTheSpot => return found_at.plus_hours(ON_THE_SPOT_HOURS),
        DueCode::Hours(hours) => found_at.plus_hours(hours),
        DueCode::EndOfDay => end_of_day(found_on, calendar.zone),
        DueCode::Days(days) => {
            end_of_day(found_on.checked_add_days(Days::new(u64::from(days))).unwrap_or(found_on), calendar.zone)
        }
    };
    let due_on = due.local(calendar.zone).date();
    if severity >= Severity::L3 || !calendar.is_closed(due_on) {
        return due;
    }
    calendar.first_school_day(due_on).map_or(due, |day| end_of_day(day, calendar.zone))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;
    use serde_json::json;

    use super::*;
    use crate::time::{DEFAULT_ZONE, instant};

    fn autumn() -> Calendar {
        Calendar::from_json(
            DEFAULT_ZONE,
            &json!({
                "terms": [{"name": "秋季学期", "from": "2026-09-01", "to": "2027-01-20"}],
                "holidays": [{"name": "国庆节", "from": "2026-10-01", "to": "2026-10-07"}],
                "workdays": ["2026-10-10"],
            }),
        )
        .expect("a calendar")
    }

    fn check(code: &str, severity: Severity, found: &str, expected: &str) {
        let found = instant(found.parse::<NaiveDateTime>().expect("a time"), DEFAULT_ZONE);
        let due = due_at(code.parse().expect("a code"), severity, found, &autumn());
        assert_eq!(due.local(DEFAULT_ZONE).to_string(), expected, "{code} {severity}");
    }

    #[test]
    fn each_code_gives_its_time() {
        check("0", Severity::L4, "2026-09-08T10:30:00", "2026-09-08 12:30:00");
        check("2h", Severity::L3, "2026-09-08T23:30:00", "2026-09-09 01:30:00");
        check("24h", Severity::L3, "2026-09-08T10:30:00", "2026-09-09 10:30:00");
        check("EOD", Severity::L1, "2026-09-08T00:05:00", "2026-09-08 23:59:00");
        check("3d", Severity::L2, "2026-09-08T10:30:00", "2026-09-11 23:59:00");
    }

    #[test]
    fn mild_findings_roll_over_a_holiday_to_the_first_school_day() {
        check("3d", Severity::L2, "2026-09-30T10:30:00", "2026-10-08 23:59:00");
        check("24h", Severity::L2, "2026-09-30T10:30:00", "2026-10-08 23:59:00");
        check("7d", Severity::L1, "2027-01-18T10:30:00", "2027-01-25 23:59:00");
    }

    #[test]
    fn grave_findings_and_on_the_spot_never_roll() {
        check("3d", Severity::L3, "2026-09-30T10:30:00", "2026-10-03 23:59:00");
        check("0", Severity::L2, "2026-10-02T10:30:00", "2026-10-02 12:30:00");
    }

    #[test]
    fn nothing_is_overdue_before_anybody_could_be_given_it() {
        let found = instant("2026-09-08T10:30:00".parse().expect("a time"), DEFAULT_ZONE);
        for severity in Severity::ALL {
            let due = due_at(severity.default_due(), severity, found, &autumn());
            assert!(due >= found.plus_hours(ON_THE_SPOT_HOURS), "{severity} is due at {due:?}");
        }
    }

    #[test]
    fn a_weekend_alone_does_not_roll() {
        check("3d", Severity::L2, "2026-09-09T10:30:00", "2026-09-12 23:59:00");
    }

    #[test]
    fn codes_read_back_and_nonsense_is_refused() {
        for text in ["0", "2h", "24h", "EOD", "3d", "30d"] {
            assert_eq!(text.parse::<DueCode>().expect("a code").to_string(), text);
        }
        for text in ["", "h", "-1d", "0d", "1w", "eod", "99999999999d", "+3d", "3d "] {
            assert!(text.parse::<DueCode>().is_err(), "{text} was taken");
        }
    }
}
