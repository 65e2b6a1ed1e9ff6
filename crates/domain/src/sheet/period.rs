//! The days that a paper is about.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::register::{Register, Shape};

/// For how long a paper is made at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeriodKind {
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// A month.
    Month,
    /// Everything that is on file.
    Any,
    /// One record, whenever it was.
    One,
}

impl PeriodKind {
    /// The code in answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Any => "any",
            Self::One => "one",
        }
    }

    /// The one that a register is printed by: what has no day, or is in force for a time of its own, is printed whole.
    pub fn of(register: &Register) -> Self {
        match &register.paper {
            _ if register.day.is_none() || register.valid.is_some() => Self::Any,
            Some(paper) if paper.shape == Shape::Day => Self::Day,
            _ => Self::Month,
        }
    }

    /// The first and the last day of the one that a day lies in; none for everything.
    pub fn around(self, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::Day => Some((day, day)),
            Self::Week => {
                let monday = day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))?;
                Some((monday, monday.checked_add_days(Days::new(6))?))
            }
            Self::Month => {
                let first = day.with_day(1)?;
                Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
            }
            Self::Any | Self::One => None,
        }
    }
}
