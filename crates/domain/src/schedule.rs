//! When a checklist is due: the days within which it is to be filled in once.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Serialize;

use crate::calendar::{Calendar, Period};
use crate::template::{Cadence, Part, Template};

/// The days within which a checklist is to be filled in once, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct DueWindow {
    /// The first day.
    pub from: NaiveDate,
    /// The last day on which school is held, or the last day where that does not matter.
    pub to: NaiveDate,
}

impl DueWindow {
    fn day(day: NaiveDate) -> Self {
        Self { from: day, to: day }
    }

    /// How many days it has.
    pub fn days(&self) -> i64 {
        self.to.signed_duration_since(self.from).num_days() + 1
    }
}

/// How far from the middle of a term its midterm check may lie, in days.
const MIDTERM_DAYS: u64 = 7;
/// The last days of a term, in which its end is checked.
const TERM_END_DAYS: u64 = 14;

/// The window that is open on a day; none when nothing is due by the calendar alone.
///
/// Daily ones are due on school days, as are those that go with every meal, snack and batch: once at least.
/// Weekly and monthly ones, and the weekly part of a longer one, are due until the last school day of the week or month; the daily part of a longer one, such as the
/// fire patrol, and what goes with every shift are due on every day of the year.
/// Deliveries, patrol runs and unannounced checks come when they come, and are never due.
///
/// # Example
/// ```
/// use domain::{calendar::Calendar, schedule::due_window, template::{Cadence, Part}};
/// let friday = "2026-09-04".parse().expect("a date");
/// let week = due_window(Cadence::Weekly, Part::All, friday, &Calendar::default()).expect("a school day");
/// assert_eq!((week.from.to_string(), week.to.to_string()), ("2026-08-31".into(), "2026-09-04".into()));
/// assert_eq!(due_window(Cadence::Random, Part::All, friday, &Calendar::default()), None);
/// ```
pub fn due_window(cadence: Cadence, part: Part, day: NaiveDate, calendar: &Calendar) -> Option<DueWindow> {
    if part == Part::Daily || cadence == Cadence::EachShift {
        return Some(DueWindow::day(day));
    }
    if !calendar.is_school_day(day) {
        return None;
    }
    match if part == Part::Weekly { Cadence::Weekly } else { cadence } {
        Cadence::Daily | Cadence::EachMeal | Cadence::EachSnack | Cadence::EachBatch => Some(DueWindow::day(day)),
        Cadence::Weekly => {
            let week = day.week(Weekday::Mon);
            until_school_ends(week.checked_first_day()?, week.checked_last_day()?, calendar)
        }
        Cadence::Monthly => {
            let first = day.with_day(1)?;
            let last = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
            until_school_ends(first, last, calendar)
        }
        Cadence::TwiceATerm => {
            let term = calendar.terms.iter().find(|term| term.contains(day))?;
            term_windows(term).into_iter().flatten().find(|window| window.from <= day && day <= window.to)
        }
        Cadence::EachShift | Cadence::EachDelivery | Cadence::EachRun | Cadence::Random => None,
    }
}

/// The days around the middle of a term, and its last ones.
fn term_windows(term: &Period) -> [Option<DueWindow>; 2] {
    let length = u64::try_from(term.to.signed_duration_since(term.from).num_days()).unwrap_or(0);
    let around_the_middle = || {
        let middle = term.from.checked_add_days(Days::new(length / 2))?;
        Some(DueWindow {
            from: middle.checked_sub_days(Days::new(MIDTERM_DAYS))?.max(term.from),
            to: middle.checked_add_days(Days::new(MIDTERM_DAYS))?.min(term.to),
        })
    };
    let at_the_end = || {
        let from = term.to.checked_sub_days(Days::new(TERM_END_DAYS - 1))?.max(term.from);
        Some(DueWindow { from, to: term.to })
    };
    [around_the_middle(), at_the_end()]
}

fn until_school_ends(from: NaiveDate, to: NaiveDate, calendar: &Calendar) -> Option<DueWindow> {
    let last = to.iter_days().rev().take_while(|day| *day >= from).find(|day| calendar.is_school_day(*day))?;
    Some(DueWindow { from, to: last })
}

/// What a form can be about when one of them is enough for the whole campus.
const OF_THE_CAMPUS: [&str; 8] = ["canteen", "store", "campus", "building", "gate", "meal", "batch", "delivery_line"];

impl Template {
    /// Whether one form is enough for the whole campus, whoever fills it in; of others, such as that of a class, each who looks
    /// after one fills in their own.
    pub fn is_for_the_campus(&self) -> bool {
        OF_THE_CAMPUS.contains(&self.subject.as_str())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::time::DEFAULT_ZONE;

    fn autumn() -> Calendar {
        let json = json!({
            "terms": [{"name": "秋季学期", "from": "2026-09-01", "to": "2027-01-20"}],
            "holidays": [{"name": "国庆节", "from": "2026-10-01", "to": "2026-10-07"}],
            "workdays": ["2026-10-10"],
        });
        Calendar::from_json(DEFAULT_ZONE, &json).expect("a calendar")
    }

    fn check(cadence: Cadence, day: &str, expected: Option<(&str, &str)>) {
        let window = due_window(cadence, Part::All, day.parse().expect("a date"), &autumn());
        let expected = expected
            .map(|(from, to)| DueWindow { from: from.parse().expect("a date"), to: to.parse().expect("a date") });
        assert_eq!(window, expected, "{cadence} on {day}");
    }

    #[test]
    fn daily_ones_are_due_when_school_is_held() {
        check(Cadence::Daily, "2026-09-01", Some(("2026-09-01", "2026-09-01")));
        check(Cadence::Daily, "2026-09-05", None);
        check(Cadence::Daily, "2026-10-02", None);
        check(Cadence::EachMeal, "2026-10-10", Some(("2026-10-10", "2026-10-10")));
    }

    #[test]
    fn a_week_ends_with_its_last_school_day() {
        check(Cadence::Weekly, "2026-09-02", Some(("2026-08-31", "2026-09-04")));
        check(Cadence::Weekly, "2026-10-08", Some(("2026-10-05", "2026-10-10")));
        check(Cadence::Weekly, "2026-10-03", None);
        check(Cadence::Weekly, "2026-09-30", Some(("2026-09-28", "2026-09-30")));
    }

    #[test]
    fn the_weekly_part_of_a_monthly_one_is_due_every_week() {
        let day = "2026-09-02".parse().expect("a date");
        assert_eq!(
            due_window(Cadence::Monthly, Part::Weekly, day, &autumn()),
            due_window(Cadence::Weekly, Part::All, day, &autumn())
        );
    }

    #[test]
    fn a_month_ends_with_its_last_school_day() {
        check(Cadence::Monthly, "2026-10-08", Some(("2026-10-01", "2026-10-30")));
        check(Cadence::Monthly, "2027-01-04", Some(("2027-01-01", "2027-01-20")));
    }

    #[test]
    fn property_is_checked_in_the_middle_and_at_the_end_of_a_term() {
        check(Cadence::TwiceATerm, "2026-11-10", Some(("2026-11-03", "2026-11-17")));
        check(Cadence::TwiceATerm, "2026-12-01", None);
        check(Cadence::TwiceATerm, "2027-01-11", Some(("2027-01-07", "2027-01-20")));
        let whole_year = Calendar::default();
        let day = "2026-11-10".parse().expect("a date");
        assert_eq!(due_window(Cadence::TwiceATerm, Part::All, day, &whole_year), None);
    }

    #[test]
    fn fire_and_gate_know_no_holiday() {
        let day: NaiveDate = "2026-10-02".parse().expect("a date");
        assert_eq!(due_window(Cadence::Monthly, Part::Daily, day, &autumn()), Some(DueWindow::day(day)));
        assert_eq!(due_window(Cadence::Monthly, Part::Weekly, day, &autumn()), None);
        check(Cadence::EachShift, "2026-10-02", Some(("2026-10-02", "2026-10-02")));
    }

    #[test]
    fn the_ends_of_the_calendar_are_reached_without_a_panic() {
        for (cadence, _) in Cadence::ALL {
            for day in [NaiveDate::MIN, NaiveDate::MAX] {
                let _ = due_window(cadence, Part::All, day, &autumn());
                let _ = due_window(cadence, Part::All, day, &Calendar::default());
            }
        }
    }
}
