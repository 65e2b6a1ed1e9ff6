//! When a meal is closed for its people, and which rows are late.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::profile::StageCode;
use super::stored::MealRecord;
use crate::checked_time::{CheckedTime, Moment, span};
use crate::time::{Shift, business_date};

/// What is told after this time is told late.
const SOON_MS: i64 = 3_600_000;

/// Whether a meal is closed: somebody has closed it, or its day is over by checked time. An unchecked clock closes nothing.
pub fn is_closed(meal: &MealRecord, date: NaiveDate, now: &CheckedTime, zone: Tz) -> bool {
    let is_over = now.earliest().is_some_and(|at| date < business_date(at, zone, Shift::Day));
    !meal.closed.is_empty() || is_over
}

/// Whether a row is late, which the writer's device says once, as it saves it: it knew of the close, or what the row tells of is
/// certainly over an hour old. A disposal is never late.
///
/// # Example
/// ```
/// use domain::checked_time::{Boot, ClockStamp, ClockState, Moment};
/// use domain::meal::{StageCode, is_late};
/// use domain::time::UtcMillis;
/// let by = |minute: u64| {
///     let clock = ClockStamp { state: ClockState::None, boot: Boot(uuid::Uuid::nil()), steady_ms: 60_000 * minute };
///     Moment { at: UtcMillis(0), clock }
/// };
/// assert!(!is_late(StageCode::Cook, false, &by(10), &by(70)));
/// assert!(is_late(StageCode::Cook, false, &by(10), &by(71)));
/// assert!(is_late(StageCode::Cook, true, &by(10), &by(10)));
/// assert!(!is_late(StageCode::Dispose, true, &by(10), &by(5_000)));
/// ```
pub fn is_late(stage: StageCode, knew_of_close: bool, told_of: &Moment, saved: &Moment) -> bool {
    let is_old = span(told_of, saved).is_some_and(|age| age.min > SOON_MS);
    stage != StageCode::Dispose && (knew_of_close || is_old)
}
