//! When what a row is about happened, and whether the row was written down late.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::Value;

use super::shape::Register;
use crate::field::Document;
use crate::time::{DEFAULT_ZONE, Shift, UtcMillis, business_date, day_bounds, zone};

/// When what a row is about happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: UtcMillis,
    /// Whether the small hours count for the evening before.
    pub shift: Shift,
    /// The day, where the row itself names one.
    pub day: Option<NaiveDate>,
}

impl Register {
    /// When what a row is about happened, by its corrected fields, where it was written down at `recorded`.
    ///
    /// A row that names a day and no time of it counts from the end of that day once the day is over; of a day that is not over, and
    /// where nothing is said, it is `recorded` itself, so such a row is never late.
    pub fn happened(&self, document: &Document, recorded: UtcMillis, zone: Tz) -> Happened {
        let rule = self.day.as_ref();
        let shift = if rule.is_some_and(|rule| rule.is_night) { Shift::Night } else { Shift::Day };
        match rule.and_then(|rule| document.get(&rule.field)) {
            Some(Value::Number(at)) => Happened { at: UtcMillis(at.as_i64().unwrap_or(recorded.0)), shift, day: None },
            Some(Value::String(day)) => {
                let day = day.parse::<NaiveDate>().ok();
                let is_over = |day: &NaiveDate| *day < business_date(recorded, zone, shift);
                let at = day.filter(is_over).map_or(recorded, |day| day_bounds(day, zone).1);
                Happened { at, shift, day }
            }
            _ => Happened { at: recorded, shift, day: None },
        }
    }

    /// Whether a row that was written down at `recorded` is later than the register allows.
    pub fn is_late(&self, happened: &Happened, recorded: UtcMillis) -> bool {
        self.late.is_some_and(|allowed| recorded.0.saturating_sub(happened.at.0) > allowed)
    }

    /// Whether a row is marked as written down late (补录): it says why, or its corrected fields say that it was.
    pub fn is_marked_late(&self, document: &Document) -> bool {
        let has_said_why = document.get("late_reason").and_then(Value::as_str).is_some_and(|why| !why.is_empty());
        let recorded = document.get("recorded_at").and_then(Value::as_i64).map(UtcMillis);
        let zone = zone(document.get("zone").and_then(Value::as_str)).unwrap_or(DEFAULT_ZONE);
        let is_late = |recorded| self.is_late(&self.happened(document, recorded, zone), recorded);
        has_said_why || recorded.is_some_and(is_late)
    }
}
