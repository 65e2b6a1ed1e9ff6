//! What Today says of registers: rows that wait, what is still to be written, acts that do not count, drafts that end.
//!
//! Nothing here is stored: what needs the time is worked out from `due` and an index when it is asked.

mod drafts;
mod expected;
mod meant;
mod reminders;
mod rows;
mod uncounted;
mod waiting_groups;

pub(crate) use self::drafts::ending;
pub(crate) use self::expected::missing;
pub(crate) use self::reminders::reminders;
pub(crate) use self::rows::waiting;
pub(crate) use self::uncounted::uncounted;
pub(crate) use self::waiting_groups::{foremost, groups};
