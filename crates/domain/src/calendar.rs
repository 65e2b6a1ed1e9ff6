//! The school year of a campus: terms, holidays and the weekends that are worked.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::time::DEFAULT_ZONE;

/// Days from `from` to `to`, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// What people call it, such as 国庆节.
    #[serde(default)]
    pub name: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Period {
    /// Whether the day lies in the period.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }
}

/// The school year of a campus, as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Where the days begin and end.
    pub zone: Tz,
    /// The terms; with none the whole year counts as term.
    pub terms: Vec<Period>,
    /// Holidays, and the closed periods of the area at hand.
    pub holidays: Vec<Period>,
    /// 调休: weekends that are school days.
    pub workdays: BTreeSet<NaiveDate>,
}

/// Why a `term_calendar` is not one.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// The shape is wrong.
    #[error("the term calendar is malformed")]
    Malformed(#[source] serde_json::Error),
    /// A period ends before it begins.
    #[error("{name:?} ends on {to} before it begins on {from}")]
    Reversed {
        /// What the period is called.
        name: String,
        /// Its first day.
        from: NaiveDate,
        /// Its last day.
        to: NaiveDate,
    },
}

/// How far ahead the next school day is looked for.
const HORIZON_DAYS: u64 = 400;

impl Default for Calendar {
    /// No terms and no holidays, in the default zone.
    fn default() -> Self {
        Self { zone: DEFAULT_ZONE, terms: Vec::new(), holidays: Vec::new(), workdays: BTreeSet::new() }
    }
}

impl Calendar {
    /// The calendar in a campus's `term_calendar`.
    ///
    /// Shape: `{"terms": [{"name", "from", "to"}], "holidays": [...], "workdays": ["2026-10-10"]}`, days as
    /// `YYYY-MM-DD`, every part optional; null means no calendar.
    ///
    /// # Errors
    /// [`CalendarError`].
    pub fn from_json(zone: Tz, json: &serde_json::Value) -> Result<Self, CalendarError> {
        #[derive(Default, Deserialize)]
        struct Shape {
            #[serde(default)]
            terms: Vec<Period>,
            #[serde(default)]
            holidays: Vec<Period>,
            #[serde(default)]
            workdays: BTreeSet<NaiveDate>,
        }
        if !json.is_object() && !json.is_null() {
            return Err(CalendarError::Malformed(serde::de::Error::custom("not an object")));
        }
        let shape = Option::<Shape>::deserialize(json).map_err(CalendarError::Malformed)?.unwrap_or_default();
        for period in shape.terms.iter().chain(&shape.holidays) {
            if period.to < period.from {
                return Err(CalendarError::Reversed { name: period.name.clone(), from: period.from, to: period.to });
            }
        }
        Ok(Self { zone, terms: shape.terms, holidays: shape.holidays, workdays: shape.workdays })
    }

    /// This calendar with the closed periods of one area added.
    #[must_use]
    pub fn with_closed(mut self, closed: impl IntoIterator<Item = Period>) -> Self {
        self.holidays.extend(closed);
        self
    }

    /// Whether the day lies in a holiday, a closed period or between terms.
    pub fn is_closed(&self, date: NaiveDate) -> bool {
        if self.workdays.contains(&date) {
            return false;
        }
        let is_vacation = !self.terms.is_empty() && !self.terms.iter().any(|term| term.contains(date));
        is_vacation || self.holidays.iter().any(|holiday| holiday.contains(date))
    }

    /// Whether school is held on the day.
    pub fn is_school_day(&self, date: NaiveDate) -> bool {
        let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        self.workdays.contains(&date) || (!is_weekend && !self.is_closed(date))
    }

    /// The week of its term that the day lies in; none outside every term.
    ///
    /// Weeks begin on Mondays, and the one in which the term begins is the first, whatever day that is.
    pub fn term_week(&self, date: NaiveDate) -> Option<u32> {
        let term = self.terms.iter().find(|term| term.contains(date))?;
        let days =
            date.signed_duration_since(term.from).num_days() + i64::from(term.from.weekday().num_days_from_monday());
        u32::try_from(days / 7 + 1).ok()
    }

    /// The first school day on or after `date`; none when the calendar knows of none within 400 days.
    pub fn first_school_day(&self, date: NaiveDate) -> Option<NaiveDate> {
        (0..HORIZON_DAYS).map_while(|days| date.checked_add_days(Days::new(days))).find(|day| self.is_school_day(*day))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn autumn() -> Calendar {
        let json = json!({
            "terms": [{"name": "秋季学期", "from": "2026-09-01", "to": "2027-01-20"}],
            "holidays": [{"name": "国庆节", "from": "2026-10-01", "to": "2026-10-07"}],
            "workdays": ["2026-10-10"],
        });
        Calendar::from_json(DEFAULT_ZONE, &json).expect("a calendar")
    }

    #[test]
    fn a_worked_weekend_is_a_school_day() {
        assert!(autumn().is_school_day(date("2026-10-10")));
        assert!(!autumn().is_school_day(date("2026-10-11")));
        assert!(!autumn().is_school_day(date("2026-10-02")));
        assert!(!autumn().is_school_day(date("2026-08-31")));
        assert_eq!(autumn().first_school_day(date("2026-10-01")), Some(date("2026-10-08")));
        assert_eq!(autumn().first_school_day(date("2027-02-01")), None);
    }

    #[test]
    fn weeks_of_a_term_are_counted_by_mondays() {
        let week = |day: &str| autumn().term_week(date(day));
        // The term begins on a Tuesday.
        assert_eq!(week("2026-09-01"), Some(1));
        assert_eq!(week("2026-09-06"), Some(1));
        assert_eq!(week("2026-09-07"), Some(2));
        assert_eq!(week("2026-11-23"), Some(13));
        assert_eq!(week("2027-01-20"), Some(21));
        assert_eq!(week("2026-08-31"), None);
        assert_eq!(week("2027-01-21"), None);
        assert_eq!(Calendar::default().term_week(date("2026-09-01")), None);
    }

    #[test]
    fn without_terms_the_whole_year_is_term() {
        let calendar = Calendar::from_json(DEFAULT_ZONE, &json!(null)).expect("a calendar");
        assert!(calendar.is_school_day(date("2026-08-03")));
        assert_eq!(calendar, Calendar::default());
    }

    #[test]
    fn a_closed_area_is_closed_on_school_days() {
        let closed = Period { name: "粉刷".into(), from: date("2026-09-08"), to: date("2026-09-09") };
        let calendar = autumn().with_closed([closed]);
        assert_eq!(calendar.first_school_day(date("2026-09-08")), Some(date("2026-09-10")));
    }

    #[test]
    fn a_malformed_calendar_is_refused() {
        let refused = |json| Calendar::from_json(DEFAULT_ZONE, &json).is_err();
        assert!(refused(json!({"terms": "秋季"})));
        assert!(refused(json!({"terms": [{"from": "2026-13-01", "to": "2026-13-02"}]})));
        assert!(refused(json!({"holidays": [{"from": "2026-10-07", "to": "2026-10-01"}]})));
        assert!(refused(json!([])));
    }

    #[test]
    fn the_end_of_the_calendar_is_reached_without_a_panic() {
        assert_eq!(autumn().first_school_day(NaiveDate::MAX), None);
    }
}
