//! How long things are kept, by dates alone: counted from the day of a row, never from its arrival.
//!
//! What is over is taken away by the office, at night; nothing here looks at a clock.

use chrono::{Days, Months, NaiveDate};

use crate::calendar::Calendar;
use crate::field::Document;
use crate::kind::Class;
use crate::register::{Keep, Register};

/// How a person is reached is kept so many days after they have left.
pub const CONTACT_DAYS: u32 = 90;

/// The last day on which something is kept that belongs to `day`; none while no date says so: the term has no end yet, or it is kept
/// as long as another record.
///
/// # Example
/// ```
/// use domain::{calendar::Calendar, register::Keep, retention::last_day};
/// let day = "2024-02-29".parse().expect("a day");
/// let last = last_day(&Keep::Years(1), day, &Calendar::default()).expect("a day");
/// assert_eq!(last.to_string(), "2025-02-28");
/// ```
pub fn last_day(keep: &Keep, day: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
    match keep {
        Keep::Days(days) => day.checked_add_days(Days::new(u64::from(*days))),
        Keep::Years(years) => day.checked_add_months(Months::new(years.saturating_mul(12))),
        Keep::TermAndDays(days) => {
            let end = calendar.terms.iter().map(|term| term.to).filter(|end| *end >= day).min()?;
            end.checked_add_days(Days::new(u64::from(*days)))
        }
        Keep::With(_) => None,
    }
}

/// No day after this one can be over on `today`; none where dates say nothing.
///
/// Law: whatever day is over, by [`last_day`], is this one or before it.
pub fn newest_over(keep: &Keep, today: NaiveDate) -> Option<NaiveDate> {
    match keep {
        Keep::Days(days) | Keep::TermAndDays(days) => today.checked_sub_days(Days::new(u64::from(*days))),
        Keep::Years(years) => today.checked_sub_months(Months::new(years.saturating_mul(12))),
        Keep::With(_) => None,
    }
}

/// Whether the rows of a register end by a date: master data are in use until somebody ends them, whenever they were written.
pub fn ends_by_date(register: &Register) -> bool {
    register.class != Class::Master
}

/// The last day on which a row of a register is kept: what is in force for a time is kept to its end at least.
pub fn last_day_of_row(
    register: &Register,
    document: &Document,
    day: NaiveDate,
    calendar: &Calendar,
) -> Option<NaiveDate> {
    let last = last_day(register.keep.as_ref().filter(|_| ends_by_date(register))?, day, calendar)?;
    let in_force = register.valid.as_ref().and_then(|(_, to)| document.get(to)?.as_str()?.parse().ok());
    Some(in_force.map_or(last, |end: NaiveDate| end.max(last)))
}

/// Whether a row waits beyond its time: something is left to be done about it until some day, such as a loan that was not brought
/// back. What is only in force for a time waits for nothing else.
pub fn waits(register: &Register, stage: Option<&str>, due: Option<i64>) -> bool {
    register.valid.is_none() && due.is_some() && stage.is_some_and(|stage| register.is_open(stage))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::calendar::Period;
    use crate::register::register;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn school() -> Calendar {
        let term = |from: &str, to: &str| Period { name: String::new(), from: day(from), to: day(to) };
        let terms = vec![term("2026-09-01", "2027-01-22"), term("2027-02-22", "2027-07-02")];
        Calendar { terms, ..Calendar::default() }
    }

    #[test]
    fn a_term_is_over_so_many_days_after_its_end_and_one_without_an_end_never() {
        let last = |text: &str| last_day(&Keep::TermAndDays(30), day(text), &school()).map(|day| day.to_string());
        assert_eq!(last("2026-10-08").as_deref(), Some("2027-02-21"));
        assert_eq!(last("2027-02-01").as_deref(), Some("2027-08-01"), "between terms it goes with the next");
        assert_eq!(last("2027-09-01"), None);
        assert_eq!(last_day(&Keep::TermAndDays(30), day("2026-10-08"), &Calendar::default()), None);
    }

    #[test]
    fn a_certificate_is_kept_three_years_and_never_less_than_it_is_in_force() {
        let certificate = register("health_certificate").expect("a register");
        let last = |to: &str| {
            let document = json!({"valid_to": to}).as_object().cloned().expect("an object");
            last_day_of_row(certificate, &document, day("2026-08-01"), &school()).map(|day| day.to_string())
        };
        assert_eq!(last("2027-07-31").as_deref(), Some("2029-08-01"));
        assert_eq!(last("2030-07-31").as_deref(), Some("2030-07-31"));
        assert!(!waits(certificate, Some("filed"), Some(5)), "nobody has to end it");
    }

    #[test]
    fn a_loan_that_is_still_out_waits_and_master_data_has_no_end_by_date() {
        let loan = register("loan").expect("a register");
        assert!(waits(loan, Some("out"), Some(5)) && !waits(loan, Some("returned"), Some(5)));
        assert!(!waits(loan, Some("void"), None));
        let supplier = register("supplier").expect("a register");
        assert_eq!(last_day_of_row(supplier, &Document::new(), day("2001-01-01"), &school()), None);
    }

    proptest! {
        #[test]
        fn whatever_is_over_lies_at_the_newest_day_or_before(ahead in 0u64..20_000, count in 1u32..4_000, sort in 0usize..3) {
            let (today, day) = (day("2060-06-30"), day("2060-06-30").checked_sub_days(Days::new(ahead)).expect("a day"));
            let keep = [Keep::Days(count), Keep::Years(count % 60 + 1), Keep::TermAndDays(count)][sort].clone();
            let is_over = last_day(&keep, day, &school()).is_some_and(|last| last < today);
            prop_assert!(!is_over || newest_over(&keep, today).is_some_and(|newest| day <= newest));
        }
    }
}
