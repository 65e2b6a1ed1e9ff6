//! The code on the screen of who leads a walk: `RW1.<run>.<walk>.<route>.<plan>.<day>.<window>.<points>`.
//!
//! It carries a walk to a tablet that has no network: which window of which day is walked, and which points were reached. What it says
//! of points is shown, and counts for nothing until the run itself arrives.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use thiserror::Error;
use uuid::Uuid;

use super::plan::Plan;
use crate::paper::{bits_of, digits_of};
use crate::text::{half_width, hex_of, text_of_hex};

/// What stands before every code.
const MARK: &str = "RW1";
/// What stands for no window: a walk of its own.
const NO_WINDOW: &str = "0";
/// So many points have a bit; a route has forty at most.
const MOST: usize = 64;
/// How the day is written.
const DAY: &str = "%Y%m%d";

/// A walk as another tablet takes part in it.
///
/// # Example
/// ```
/// use domain::patrol::WalkCode;
/// use uuid::Uuid;
/// let code = WalkCode {
///     run: Uuid::nil(), walk: Uuid::nil(), route: Uuid::nil(), plan: Uuid::nil(),
///     day: "2026-11-23".parse().expect("a day"), window: Some("am".to_owned()), points: 5,
/// };
/// assert!(code.to_string().ends_with(".20261123.616D.5"));
/// assert_eq!(code.to_string().to_lowercase().parse(), Ok(code));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkCode {
    /// The run on whose tablet it is shown.
    pub run: Uuid,
    /// The first run of the walk; the same where that is it.
    pub walk: Uuid,
    /// The route.
    pub route: Uuid,
    /// The plan of the run, by which its points are counted.
    pub plan: Uuid,
    /// The business day.
    pub day: NaiveDate,
    /// The window; none for a walk of its own (临时).
    pub window: Option<String>,
    /// The points that were reached: the lowest bit is the first point of the plan.
    pub points: u64,
}

/// A text that is no code of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this is no code of a round: it begins with RW1 and has eight parts")]
pub struct BadWalkCode;

impl WalkCode {
    /// The bits of the points of a plan that were reached.
    pub fn bits(plan: &Plan, is_reached: impl Fn(&str) -> bool) -> u64 {
        let points = plan.points.iter().take(MOST).enumerate();
        points.filter(|(_, point)| is_reached(&point.id)).fold(0, |bits, (at, _)| bits | 1 << at)
    }

    /// The points of its plan that were reached.
    pub fn reached<'p>(&self, plan: &'p Plan) -> impl Iterator<Item = &'p str> {
        let bits = self.points;
        let points = plan.points.iter().take(MOST).enumerate();
        points.filter(move |(at, _)| bits >> at & 1 == 1).map(|(_, point)| point.id.as_str())
    }
}

impl fmt::Display for WalkCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [run, walk, route, plan] = [self.run, self.walk, self.route, self.plan].map(|id| digits_of(id.as_u128()));
        let day = self.day.format(DAY);
        write!(f, "{MARK}.{run}.{walk}.{route}.{plan}.{day}.")?;
        match &self.window {
            Some(window) => f.write_str(&hex_of(window))?,
            None => f.write_str(NO_WINDOW)?,
        }
        write!(f, ".{:X}", self.points)
    }
}

impl FromStr for WalkCode {
    type Err = BadWalkCode;

    /// As a reader gives it: in either case and width, with blanks.
    fn from_str(read: &str) -> Result<Self, BadWalkCode> {
        let plain: String = half_width(read).chars().filter(|c| !c.is_whitespace()).collect();
        let plain = plain.to_ascii_uppercase();
        let parts: Vec<&str> = plain.split('.').collect();
        let [MARK, run, walk, route, plan, day, window, points] = parts[..] else { return Err(BadWalkCode) };
        let id = |text: &str| bits_of(text).map(Uuid::from_u128).ok_or(BadWalkCode);
        Ok(Self {
            run: id(run)?,
            walk: id(walk)?,
            route: id(route)?,
            plan: id(plan)?,
            day: NaiveDate::parse_from_str(day, DAY).map_err(|_| BadWalkCode)?,
            window: if window == NO_WINDOW { None } else { Some(text_of_hex(window).ok_or(BadWalkCode)?) },
            points: u64::from_str_radix(points, 16).map_err(|_| BadWalkCode)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(ids: [u128; 4], days: i32, window: Option<String>, points: u64) -> WalkCode {
        let [run, walk, route, plan] = ids.map(Uuid::from_u128);
        let day = NaiveDate::from_num_days_from_ce_opt(730_000 + days).expect("a day");
        WalkCode { run, walk, route, plan, day, window, points }
    }

    proptest! {
        #[test]
        fn a_code_of_a_walk_reads_back_in_either_case(
            ids: [u128; 4], days in 0..40_000, window in proptest::option::of("[a-z0-9-]{1,40}"), points: u64,
        ) {
            let code = code(ids, days, window, points);
            prop_assert_eq!(code.to_string().parse(), Ok(code.clone()));
            prop_assert_eq!(code.to_string().to_lowercase().parse(), Ok(code));
        }

        #[test]
        fn any_text_is_a_code_of_a_walk_or_none(text: String) {
            let _ = text.parse::<WalkCode>();
            let _ = format!("RW1.{text}").parse::<WalkCode>();
        }
    }

    #[test]
    fn a_code_of_a_walk_holds_only_signs_that_a_qr_code_packs_tightly_and_few_of_them() {
        let text = code([u128::MAX; 4], 9_000, Some(Uuid::max().to_string()), u64::MAX).to_string();
        assert!(text.len() <= 220, "{} signs", text.len());
        assert!(text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.'), "{text}");
    }
}
