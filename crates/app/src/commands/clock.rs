//! What time it is by this device, and who vouches for it.

use domain::checked_time::{CheckedTime, ClockState, VouchError};
use domain::time::UtcMillis;
use replica::Store;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wire::ProblemType;

use crate::app::App;
use crate::command::{Command, device, read};
use crate::dto::millis::Millis;
use crate::dto::nothing::Nothing;
use crate::error::CommandError;

/// A clock that is off by no more needs nobody's attention.
const NOTABLE_MS: i64 = 300_000;

pub(super) fn declare() -> Vec<Command> {
    vec![
        read("clock.get", "Tells what time it is by this device, and who vouches for it.", get),
        device("clock.vouch", "Takes the word of whoever was shown the weekday, the date and the minute.", vouch),
    ]
}

/// What time it is by this device.
#[derive(Debug, Serialize, JsonSchema)]
struct Clock {
    /// The time, ms since 1970 UTC: that of the wall clock, put right by what is known of it.
    now: i64,
    /// Who vouches for it.
    state: ClockState,
    /// How far the wall clock of the device is behind, negative where it is ahead; null where that is not known, or nothing to
    /// speak of.
    behind_ms: Option<i64>,
    /// The time before which it cannot be, because the server has told it; null where it never has.
    latest_server: Option<i64>,
    /// The time before which no right clock is, ms since 1970 UTC: when this program was begun, or what the server has told.
    earliest: i64,
    /// That the server contradicts itself about the time; null while it does not.
    contradiction: Option<Contradiction>,
}

/// Two answers of one server that cannot both be right.
#[derive(Debug, Serialize, JsonSchema)]
struct Contradiction {
    /// The time by what it had said before, ms since 1970 UTC.
    expected: i64,
    /// What it said.
    told: i64,
}

/// Arguments of `clock.vouch`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Vouch {
    /// What time it is, to the minute, ms since 1970 UTC: what was shown and found right, or what was entered.
    time: Millis,
}

fn get(app: &App, _: Nothing) -> Result<Clock, CommandError> {
    let time = app.time();
    let contradiction = app.store().clock_contradiction()?;
    Ok(Clock {
        now: time.now.0,
        state: time.state,
        behind_ms: behind(&time),
        latest_server: time.latest_server.map(|at| at.0),
        earliest: time.latest_server.map_or(Store::EARLIEST_TIME, |at| at.max(Store::EARLIEST_TIME)).0,
        contradiction: contradiction.map(|it| Contradiction { expected: it.expected.0, told: it.told.0 }),
    })
}

fn behind(time: &CheckedTime) -> Option<i64> {
    let behind = time.now.0.saturating_sub(time.reading.wall.0);
    (time.is_checked() && behind.saturating_abs() >= NOTABLE_MS).then_some(behind)
}

fn vouch(app: &App, arguments: Vouch) -> Result<Clock, CommandError> {
    let time: UtcMillis = arguments.time.checked("time")?;
    app.store().vouch_for_time(time)?.map_err(|VouchError::TooEarly(earliest)| {
        CommandError::new(ProblemType::ClockTooEarly, "it is known to be later than that")
            .field("time")
            .detail("earliest", earliest)
    })?;
    get(app, Nothing {})
}
