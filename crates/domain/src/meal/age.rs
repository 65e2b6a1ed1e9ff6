//! How old a food sample is, as far as a device can prove it.
//!
//! A sample may go after 48 hours, so only the shortest time that can have gone by counts: a wall clock that somebody put forward,
//! or that was a year ahead, proves nothing. Each of three ways gives a lower bound of the true age, and so does their largest.

use crate::checked_time::{ClockState, Moment, span};
use crate::time::UtcMillis;

/// An hour in milliseconds.
pub(super) const HOUR_MS: i64 = 3_600_000;
/// No school may keep its samples for a shorter time.
const FLOOR_H: u32 = 48;

/// What a device has noted of a sample since its record, or its label, came to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// When it came.
    pub first: Moment,
    /// The milliseconds of the steady clock that were counted since, added over the starts of the machine.
    pub counted_ms: u64,
}

/// The age that a device can prove, in milliseconds, 0 where it can prove none.
///
/// `taken` is when the sample was taken; of a time that was typed, when it was saved.
pub fn proved_age(taken: &Moment, held: Option<&Held>, now: &Moment) -> i64 {
    let by_times = span(taken, now).map(|span| span.min);
    let since_first = held.and_then(|held| span(&held.first, now)).map(|span| span.min);
    let counted = held.map(|held| i64::try_from(held.counted_ms).unwrap_or(i64::MAX));
    [by_times, since_first, counted].into_iter().flatten().max().unwrap_or(0).max(0)
}

/// For how long a sample is kept, in milliseconds: what the setting said when it was taken, and no less than the law asks.
pub fn keep_ms(keep_h: u32) -> i64 {
    i64::from(keep_h.max(FLOOR_H)) * HOUR_MS
}

/// When a sample of that age may go, in the device's checked time; none while nobody vouches for its clock.
///
/// # Example
/// ```
/// use domain::checked_time::{Boot, ClockStamp, ClockState, Moment};
/// use domain::meal::{proved_age, ready_at};
/// use domain::time::UtcMillis;
/// const HOUR: i64 = 3_600_000;
/// let by = |state, boot, hours| Moment {
///     at: UtcMillis(hours * HOUR),
///     clock: ClockStamp { state, boot: Boot(uuid::Uuid::from_u128(boot)), steady_ms: 0 },
/// };
/// let (taken, now) = (by(ClockState::Server, 1, 100), by(ClockState::Server, 2, 140));
/// assert_eq!(ready_at(proved_age(&taken, None, &now), 48, &now), Some(UtcMillis(148 * HOUR)));
/// let unchecked = by(ClockState::None, 2, 9_000);
/// assert_eq!(proved_age(&taken, None, &unchecked), 0);
/// assert_eq!(ready_at(0, 48, &unchecked), None);
/// ```
pub fn ready_at(proved_ms: i64, keep_h: u32, now: &Moment) -> Option<UtcMillis> {
    let left = keep_ms(keep_h).saturating_sub(proved_ms);
    (now.clock.state != ClockState::None).then(|| UtcMillis(now.at.0.saturating_add(left)))
}
