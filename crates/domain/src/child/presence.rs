//! Whether a child is here, by what was written of its day.

use uuid::Uuid;

use super::handover::{Check, Handover};
use crate::time::UtcMillis;

/// Whether a child is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Nobody wrote that it came.
    NotSeen,
    /// It came, and did not leave since.
    Here {
        /// When it came last.
        since: UtcMillis,
    },
    /// It left.
    Gone {
        /// When it left last.
        since: UtcMillis,
    },
}

/// Whether a child is here by the rows of its day, in whatever order they stand; of a coming and a going at one moment it is here, since
/// whoever looks for children after an alarm looks for one too many rather than for one too few.
///
/// # Example
/// ```
/// use domain::child::{Direction, Handover, Presence, presence};
/// use domain::time::UtcMillis;
/// let row = |direction, at| Handover { direction, at: UtcMillis(at), ..Handover::default() };
/// let rows = [row(Direction::Leaves, 16), row(Direction::Arrives, 8)];
/// assert_eq!(presence(&rows), Presence::Gone { since: UtcMillis(16) });
/// assert_eq!(presence(&rows[1..]), Presence::Here { since: UtcMillis(8) });
/// assert_eq!(presence(&[]), Presence::NotSeen);
/// ```
pub fn presence(rows: &[Handover]) -> Presence {
    let last = |is_one: fn(&Handover) -> bool| rows.iter().filter(|row| is_one(row)).map(|row| row.at).max();
    match (last(Handover::is_arrival), last(Handover::is_release)) {
        (Some(came), left) if left.is_none_or(|left| left <= came) => Presence::Here { since: came },
        (_, Some(left)) => Presence::Gone { since: left },
        _ => Presence::NotSeen,
    }
}

/// A class in numbers: what everybody may know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Children on the list.
    pub enrolled: u32,
    /// Those that came today, whether or not they are here still.
    pub came: u32,
    /// Those that are here.
    pub here: u32,
    /// Those that were found other than well in the morning.
    pub noticed: u32,
}

/// Counts children by the rows of their day; rows of children that are not on the list count nothing.
pub fn count(children: &[Uuid], rows: &[Handover]) -> Counted {
    let mut counted = Counted { enrolled: u32::try_from(children.len()).unwrap_or(u32::MAX), ..Counted::default() };
    for child in children {
        let own: Vec<Handover> = rows.iter().filter(|row| row.child == *child).cloned().collect();
        counted.came += u32::from(own.iter().any(Handover::is_arrival));
        counted.here += u32::from(matches!(presence(&own), Presence::Here { .. }));
        let is_noticed = |row: &Handover| row.is_arrival() && row.check.is_some_and(|check| check > Check::Green);
        counted.noticed += u32::from(own.iter().any(is_noticed));
    }
    counted
}
