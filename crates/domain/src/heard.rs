//! Whether what is missing is missing, or was only not heard of: absence is told by who has heard from all that could say otherwise.

use crate::time::UtcMillis;

/// A device that was not heard from for longer than this is not waited for.
const WAITED_FOR_MS: i64 = 7 * 24 * 3_600_000;

/// What a device says of itself may have been on its way for so long.
const ON_THE_WAY_MS: i64 = 60_000;

/// A device by which the work is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// What people call it.
    pub name: String,
    /// When it was last heard from; none where it never was.
    pub at: Option<UtcMillis>,
    /// When it last had sent all that it had; none where it never had. A call alone says nothing of what still waits on it.
    pub sent_all_at: Option<UtcMillis>,
}

/// The devices of the work that may still bring something of what was over at `to`: those that were heard from in the last 7 days,
/// and have not sent all that they had since. With none of them left, what is missing then is missing.
///
/// # Example
/// ```
/// use domain::heard::{Heard, unheard};
/// use domain::time::UtcMillis;
/// const HOUR: i64 = 3_600_000;
/// let device = |name: &str, hours: i64, sent: i64| Heard {
///     name: name.to_owned(),
///     at: Some(UtcMillis(hours * HOUR)),
///     sent_all_at: Some(UtcMillis(sent * HOUR)),
/// };
/// let devices = [
///     device("平板 1", 1_001, 1_001),
///     device("平板 2", 999, 999),
///     device("平板 3", 700, 700),
///     // It calls, and something stays with it.
///     device("平板 4", 1_001, 999),
/// ];
/// let waiting = unheard(&devices, UtcMillis(1_000 * HOUR), UtcMillis(1_002 * HOUR));
/// assert_eq!(waiting.iter().map(|device| device.name.as_str()).collect::<Vec<_>>(), ["平板 2", "平板 4"]);
/// ```
pub fn unheard(devices: &[Heard], to: UtcMillis, now: UtcMillis) -> Vec<&Heard> {
    let is_in_use = |device: &&Heard| device.at.is_some_and(|at| now.0.saturating_sub(at.0) <= WAITED_FOR_MS);
    let may_bring = |device: &&Heard| device.sent_all_at.is_none_or(|at| at.0.saturating_sub(ON_THE_WAY_MS) <= to.0);
    devices.iter().filter(is_in_use).filter(may_bring).collect()
}
