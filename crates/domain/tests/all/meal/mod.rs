//! Meals: each rule in its words, on worked examples, and what must hold in any order of arrival.

mod cards;
mod deliveries;
mod dishes;
mod health;
mod labels;
mod papers;
mod samples;
mod stored;
mod tracing;
mod week;

use domain::checked_time::{Boot, ClockStamp, ClockState, Moment};
use domain::decimal::Decimal;
use domain::time::{DEFAULT_ZONE, UtcMillis, instant};
use uuid::Uuid;

/// The instant at which the clock of the campus shows `text`, such as `2026-11-23T11:02:00`.
fn at(text: &str) -> UtcMillis {
    instant(text.parse().expect("a date and time"), DEFAULT_ZONE)
}

/// A moment of a machine whose steady clock shows what the wall shows.
fn moment(state: ClockState, boot: u128, text: &str) -> Moment {
    let at = at(text);
    let steady_ms = u64::try_from(at.0).expect("a time after 1970");
    Moment { at, clock: ClockStamp { state, boot: Boot(id(boot)), steady_ms } }
}

/// The same moment by a wall clock that is `hours` ahead of it.
fn ahead(hours: i64, moment: Moment) -> Moment {
    Moment { at: UtcMillis(moment.at.0 + hours * 3_600_000), ..moment }
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn number(text: &str) -> Decimal {
    text.parse().expect("a number")
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().expect("a day")
}
