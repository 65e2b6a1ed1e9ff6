//! Times of work: from the pot to the table, and whether something lasted for long enough.
//!
//! Each is the span of two stamps. A timer on a screen is the stamp of its start and no counter, so it outlives the app.

use crate::checked_time::{Moment, Span, span};
use crate::decimal::Decimal;

/// A minute in milliseconds.
const MINUTE_MS: i64 = 60_000;

/// When a dish came out of the pot and when it came to the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnTheWay {
    /// Out of the pot.
    pub out: Option<Moment>,
    /// On the table.
    pub table: Option<Moment>,
    /// Minutes that somebody typed in their place.
    pub typed_min: Option<u32>,
}

impl OnTheWay {
    /// These times, with those of another in the place of what is missing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            out: self.out.or(other.out),
            table: self.table.or(other.table),
            typed_min: self.typed_min.or(other.typed_min),
        }
    }
}

/// The limits of what waits: `food.hold`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldLimits {
    /// The longest time between cold and hot, in minutes.
    pub max_min: i64,
    /// Hot enough from here on, in ℃.
    pub hot_c: Decimal,
    /// Cold enough up to here, in ℃.
    pub cold_c: Decimal,
}

/// How a dish fares from the pot to the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// It has not come out of the pot.
    NotYet,
    /// It waits; so many milliseconds are left even if the longest time that can have gone by has, negative once they are over.
    Running {
        /// The milliseconds that are left.
        left_ms: i64,
    },
    /// It was on the table in time.
    InTime {
        /// Whether somebody typed the minutes.
        is_typed: bool,
    },
    /// It waited for longer, hot or cold all the time that was measured.
    Kept,
    /// It was, or may have been, between hot and cold for too long: it must not be served.
    TooLong {
        /// Whether somebody typed the minutes.
        is_typed: bool,
    },
    /// 时长待核: no clock can tell, and nobody measured it while it waited.
    Unknown,
}

/// How a dish fares from the pot to the table at `now`; `kept` are the temperatures that were measured while it waited.
///
/// The longest time that can have gone by counts, and what no clock can tell has not passed.
///
/// # Example
/// ```
/// use domain::checked_time::{Boot, ClockStamp, ClockState, Moment};
/// use domain::meal::{HoldLimits, OnTheWay, Waiting, waiting};
/// use domain::time::UtcMillis;
/// let limits = HoldLimits { max_min: 120, hot_c: 60.into(), cold_c: 8.into() };
/// let by = |state, boot, minute: i64| {
///     let clock = ClockStamp { state, boot: Boot(uuid::Uuid::from_u128(boot)), steady_ms: 60_000 * minute as u64 };
///     Moment { at: UtcMillis(60_000 * minute), clock }
/// };
/// let out = by(ClockState::Person, 1, 600);
/// let table = by(ClockState::Server, 2, 715);
/// let times = OnTheWay { out: Some(out), table: Some(table), typed_min: None };
/// let says = |kept: &[i64]| waiting(times, &kept.iter().map(|c| (*c).into()).collect::<Vec<_>>(), limits, &table);
/// assert_eq!(says(&[]), Waiting::TooLong { is_typed: false }, "115 minutes may have been 125");
/// assert_eq!(says(&[63]), Waiting::Kept);
/// assert_eq!(says(&[63, 51]), Waiting::TooLong { is_typed: false });
/// ```
pub fn waiting(times: OnTheWay, kept: &[Decimal], limits: HoldLimits, now: &Moment) -> Waiting {
    let max_ms = limits.max_min.saturating_mul(MINUTE_MS);
    let typed = times.typed_min.map(|minutes| i64::from(minutes) * MINUTE_MS);
    let Some(out) = times.out else {
        return match typed {
            Some(typed) => judged(Some(typed), true, max_ms, kept, limits),
            None => Waiting::NotYet,
        };
    };
    match times.table {
        Some(table) => {
            // Two stamps of which a clock can tell stand over what somebody typed.
            let told = span(&out, &table).map(|span| span.max);
            judged(told.or(typed), told.is_none() && typed.is_some(), max_ms, kept, limits)
        }
        None if typed.is_some() => judged(typed, true, max_ms, kept, limits),
        None => match span(&out, now) {
            Some(span) => Waiting::Running { left_ms: max_ms.saturating_sub(span.max) },
            None => Waiting::Unknown,
        },
    }
}

fn judged(longest: Option<i64>, is_typed: bool, max_ms: i64, kept: &[Decimal], limits: HoldLimits) -> Waiting {
    if longest.is_some_and(|longest| longest <= max_ms) {
        return Waiting::InTime { is_typed };
    }
    let is_hot = kept.iter().all(|c| *c >= limits.hot_c);
    let is_cold = kept.iter().all(|c| *c <= limits.cold_c);
    match longest {
        _ if !kept.is_empty() && (is_hot || is_cold) => Waiting::Kept,
        Some(_) => Waiting::TooLong { is_typed },
        None => Waiting::Unknown,
    }
}

/// Whether something lasted for long enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasted {
    /// Even the shortest time that can have gone by is enough.
    Enough,
    /// It may have been shorter than the limit.
    Short,
    /// 时长待核: no clock can tell.
    Unknown,
}

/// Whether something, such as a disinfection, lasted for `min_minutes` at least: the shortest time counts.
pub fn lasted(time: Option<Span>, min_minutes: Decimal) -> Lasted {
    match time {
        None => Lasted::Unknown,
        Some(time) if Decimal::from(time.min) >= min_minutes * Decimal::from(MINUTE_MS) => Lasted::Enough,
        Some(_) => Lasted::Short,
    }
}
