//! Children at the door: who came, who left with whom, and what about that is alarming.
//!
//! Each rule reads rows as they stand on a device and nothing else, so it says the same on every tablet that has the rows, in whatever
//! order they came. What protects a child takes the more careful reading; what is unknown never passes for good.

mod alarm;
mod authorisation;
mod classes;
mod handover;
mod list_age;
mod presence;

pub use alarm::{Alarm, AlarmCode, alarms};
pub use authorisation::{Authorisation, Stands, adult_key, adult_sign, same_adult};
pub use classes::class_key;
pub use handover::{Check, Direction, Handover};
pub use list_age::{is_too_old, list_age_min};
pub use presence::{Counted, Presence, count, presence};
