//! Whether what is missing is missing, or was only not heard of: absence is told by who has heard from all that could say otherwise.

use crate::time::UtcMillis;

/// A device that was not heard from for longer than this is not waited for.
const WAITED_FOR_MS: i64 = 7 * 24 * 3_600_000;

/// A device by which the work is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// What people call it.
    pub name: String,
    /// When it was last heard from; none where it never was.
    pub at: Option<UtcMillis>,
}

/// The devices of the work that may still bring something of what was over at `to`: those that were heard from in the last 7 days,
/// and not since. With none of them left, what is missing then is missing.
///
/// # Example
/// ```
/// use domain::heard::{Heard, unheard};
/// use domain::time::UtcMillis;
/// const HOUR: i64 = 3_600_000;
/// let device = |name: &str, hours: i64| Heard { name: name.to_owned(), at: Some(UtcMillis(hours * HOUR)) };
/// let devices = [device("平板 1", 1_001), device("平板 2", 999), device("平板 3", 700)];
/// let waiting = unheard(&devices, UtcMillis(1_000 * HOUR), UtcMillis(1_002 * HOUR));
/// assert_eq!(waiting.iter().map(|device| device.name.as_str()).collect::<Vec<_>>(), ["平板 2"]);
/// ```
pub fn unheard(devices: &[Heard], to: UtcMillis, now: UtcMillis) -> Vec<&Heard> {
    let is_waited_for = |at: UtcMillis| now.0.saturating_sub(at.0) <= WAITED_FOR_MS && at <= to;
    devices.iter().filter(|device| device.at.is_some_and(is_waited_for)).collect()
}
