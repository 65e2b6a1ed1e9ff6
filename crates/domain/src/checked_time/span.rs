//! How long it was between two moments, as far as the clocks behind them can tell.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::clock::{ClockCorrection, ClockStamp, ClockState, Steady, saturated};
use crate::time::UtcMillis;

/// How far a person who looks at a clock may be wrong.
const PERSON_MS: i64 = 600_000;

/// A moment as a row keeps it: what the time was, and by which clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The time.
    pub at: UtcMillis,
    /// The clock that it was read from.
    pub clock: ClockStamp,
}

/// The shortest and the longest time that can have gone by, in milliseconds; negative where the second moment came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The shortest.
    pub min: i64,
    /// The longest.
    pub max: i64,
}

impl Moment {
    /// The moment in a value with `at` and `clock`; none where one of them is missing or ill typed.
    pub fn read(value: &Value) -> Option<Self> {
        Self::deserialize(value).ok()
    }

    /// This moment, as its device could tell it once it knew the time: nothing changes for one whose clock was checked.
    ///
    /// `saved` is the clock of the row that the correction was added to; it speaks of the same start of the machine alone.
    #[must_use]
    pub fn corrected(self, saved: &ClockStamp, later: Option<ClockCorrection>) -> Self {
        match later {
            Some(later) if self.clock.state == ClockState::None && self.clock.boot == saved.boot => Self {
                at: UtcMillis(self.at.0.saturating_add(later.offset_ms)),
                clock: ClockStamp { state: later.state, ..self.clock },
            },
            _ => self,
        }
    }

    /// Whether it was certainly later than `bound`; of a clock that nobody vouched for nothing is certain.
    pub fn is_after(&self, bound: UtcMillis) -> bool {
        self.uncertainty().is_some_and(|wide| self.at.0.saturating_sub(wide) > bound.0)
    }

    /// Whether it was certainly earlier than `bound`; of a clock that nobody vouched for nothing is certain.
    pub fn is_before(&self, bound: UtcMillis) -> bool {
        self.uncertainty().is_some_and(|wide| self.at.0.saturating_add(wide) < bound.0)
    }

    /// The latest time that it can have been; none of a clock that nobody vouched for.
    pub fn latest(&self) -> Option<UtcMillis> {
        self.uncertainty().map(|wide| UtcMillis(self.at.0.saturating_add(wide)))
    }

    /// How far the time may be off, in milliseconds; nothing is known where nobody vouched for it.
    fn uncertainty(&self) -> Option<i64> {
        match self.clock.state {
            ClockState::Server => Some(0),
            ClockState::Person => Some(PERSON_MS),
            ClockState::None => None,
        }
    }

    fn steady(&self) -> Steady {
        Steady { boot: self.clock.boot, ms: self.clock.steady_ms }
    }
}

/// How long it was from `a` to `b`; none where no clock can tell.
///
/// In one start of the machine the steady clock tells it exactly.
/// Otherwise both times must be checked, and each for which a person vouched makes it 10 minutes wider on both sides.
/// What protects children takes the end that is worse for the food, and what is unknown never passes; what speaks of a person takes
/// the end that is better for the person, and what is unknown never blames.
///
/// # Example
/// ```
/// use domain::checked_time::{Boot, ClockStamp, ClockState, Moment, Span, span};
/// use domain::time::UtcMillis;
/// let boot = |n| Boot(uuid::Uuid::from_u128(n));
/// let by = |state, start, steady_ms| ClockStamp { state, boot: boot(start), steady_ms };
/// let out = Moment { at: UtcMillis(1_000_000), clock: by(ClockState::Person, 1, 5_000) };
/// let served = Moment { at: UtcMillis(8_200_000), clock: by(ClockState::Server, 2, 60_000) };
/// assert_eq!(span(&out, &served), Some(Span { min: 6_600_000, max: 7_800_000 }));
/// let here = Moment { at: UtcMillis(9), clock: by(ClockState::None, 1, 65_000) };
/// assert_eq!(span(&out, &here), Some(Span { min: 60_000, max: 60_000 }));
/// assert_eq!(span(&served, &here), None);
/// ```
pub fn span(a: &Moment, b: &Moment) -> Option<Span> {
    if let Some(exact) = b.steady().since(a.steady()) {
        return Some(Span { min: exact, max: exact });
    }
    let wide = a.uncertainty()?.saturating_add(b.uncertainty()?);
    let told = saturated(i128::from(b.at.0) - i128::from(a.at.0));
    Some(Span { min: told.saturating_sub(wide), max: told.saturating_add(wide) })
}
