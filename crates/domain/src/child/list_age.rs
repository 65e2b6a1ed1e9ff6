//! How old the list of who may fetch whom is, on this device.

use crate::decimal::Decimal;
use crate::time::UtcMillis;

const MINUTE_MS: i64 = 60_000;

/// The minutes since this device last heard all that the server had, rounded up; none where it never did, and where its clock stands
/// before that moment: nobody knows then.
///
/// # Example
/// ```
/// use domain::child::list_age_min;
/// use domain::time::UtcMillis;
/// assert_eq!(list_age_min(Some(UtcMillis(0)), UtcMillis(61_000)), Some(2));
/// assert_eq!(list_age_min(Some(UtcMillis(1)), UtcMillis(0)), None, "the clock was set back");
/// assert_eq!(list_age_min(None, UtcMillis(0)), None);
/// ```
pub fn list_age_min(heard_all_at: Option<UtcMillis>, now: UtcMillis) -> Option<i64> {
    let age = now.0.checked_sub(heard_all_at?.0).filter(|age| *age >= 0)?;
    Some(age.saturating_add(MINUTE_MS - 1) / MINUTE_MS)
}

/// Whether a list is too old to hand over a child by it without a call; one whose age nobody knows is.
pub fn is_too_old(age_min: Option<i64>, limit_h: Decimal) -> bool {
    let limit = limit_h.checked_mul(Decimal::from(60));
    age_min.zip(limit).is_none_or(|(age, limit)| Decimal::from(age) > limit)
}
