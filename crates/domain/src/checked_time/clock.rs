//! The clocks of a device, and the time that follows from them.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::time::{Shift, UtcMillis, business_date};

/// One start of a machine, or of a process where the system does not tell the starts of the machine apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Boot(pub Uuid);

/// A moment of the steady clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steady {
    /// The start that it counts from.
    pub boot: Boot,
    /// Milliseconds since then, sleep included.
    pub ms: u64,
}

impl Steady {
    /// The milliseconds from `earlier` to here, negative when it is the later one; nothing across two starts.
    pub fn since(self, earlier: Self) -> Option<i64> {
        let span = i128::from(self.ms) - i128::from(earlier.ms);
        (self.boot == earlier.boot).then(|| saturated(span))
    }
}

/// Both clocks of a device at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockReading {
    /// What the wall clock showed.
    pub wall: UtcMillis,
    /// What the steady clock showed.
    pub steady: Steady,
}

/// Who vouches for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// The device's own server.
    Server,
    /// A person who was shown the weekday, the date and the minute.
    Person,
    /// Nobody.
    None,
}

/// What a row of evidence keeps of the clock that its times were read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockStamp {
    /// Who vouched for the time as the row was saved.
    pub state: ClockState,
    /// The start of the machine.
    pub boot: Boot,
    /// Milliseconds since that start.
    pub steady_ms: u64,
}

/// What a device adds to a row that it saved while nobody vouched for its clock, once it has learnt the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockCorrection {
    /// Who vouches for it.
    pub state: ClockState,
    /// What to add to the times of the row.
    pub offset_ms: i64,
}

/// The time at one moment, and how far it can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckedTime {
    /// The time: that of the wall clock, put right by what is known of it.
    pub now: UtcMillis,
    /// Who vouches for it.
    pub state: ClockState,
    /// Both clocks as they were read.
    pub reading: ClockReading,
    /// The newest time that the server has told, whenever that was: it is not earlier than this.
    pub latest_server: Option<UtcMillis>,
}

impl CheckedTime {
    /// The time of a clock that needs no checking, such as that of the server itself.
    pub fn vouched(reading: ClockReading) -> Self {
        Self { now: reading.wall, state: ClockState::Server, reading, latest_server: None }
    }

    /// Whether somebody vouches for it.
    pub fn is_checked(&self) -> bool {
        self.state != ClockState::None
    }

    /// The time before which it cannot be, where one is known.
    pub fn earliest(&self) -> Option<UtcMillis> {
        if self.is_checked() { Some(self.now) } else { self.latest_server }
    }

    /// The time after which it cannot be, where one is known.
    pub fn latest(&self) -> Option<UtcMillis> {
        self.is_checked().then_some(self.now)
    }

    /// Whether `at` is certainly more than `margin_ms` ahead of now.
    pub fn is_ahead(&self, at: UtcMillis, margin_ms: i64) -> bool {
        self.latest().is_some_and(|now| at.0 > now.0.saturating_add(margin_ms))
    }

    /// Whether `at` is certainly more than `margin_ms` before now.
    pub fn is_behind(&self, at: UtcMillis, margin_ms: i64) -> bool {
        self.is_checked() && self.now.0.saturating_sub(at.0) > margin_ms
    }

    /// Whether something that holds from one day to another may hold today: only what has certainly not begun, or has
    /// certainly ended, does not.
    ///
    /// # Example
    /// ```
    /// use domain::checked_time::{Boot, ClockKnowledge, ClockReading, Steady};
    /// use domain::time::{DEFAULT_ZONE, UtcMillis};
    /// let steady = Steady { boot: Boot(uuid::Uuid::nil()), ms: 5_000 };
    /// let in_2016 = ClockReading { wall: UtcMillis(1_451_606_400_000), steady };
    /// let nobody_knows = ClockKnowledge::default().judge(in_2016);
    /// let next_year = "2027-01-01".parse().ok();
    /// assert!(nobody_knows.may_hold(next_year, None, DEFAULT_ZONE));
    /// ```
    pub fn may_hold(&self, from: Option<NaiveDate>, to: Option<NaiveDate>, zone: Tz) -> bool {
        let day = |at: UtcMillis| business_date(at, zone, Shift::Day);
        let has_begun = from.is_none_or(|from| self.latest().is_none_or(|now| from <= day(now)));
        let has_ended = to.is_some_and(|to| self.earliest().is_some_and(|now| to < day(now)));
        has_begun && !has_ended
    }

    /// What a row that is saved now keeps of the clock.
    pub fn stamp(&self) -> ClockStamp {
        ClockStamp { state: self.state, boot: self.reading.steady.boot, steady_ms: self.reading.steady.ms }
    }

    /// What to add to the times of a row that was saved when the clocks stood at `saved` and nobody vouched for them;
    /// nothing while that is still so, and across two starts of the machine.
    pub fn correction(&self, saved: ClockReading) -> Option<ClockCorrection> {
        let since = self.reading.steady.since(saved.steady).filter(|_| self.is_checked())?;
        let offset = i128::from(self.now.0) - i128::from(since) - i128::from(saved.wall.0);
        Some(ClockCorrection { state: self.state, offset_ms: saturated(offset) })
    }
}

pub(super) fn saturated(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}
