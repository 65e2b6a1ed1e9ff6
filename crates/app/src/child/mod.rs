//! Children at the door, as this device has them: their rows, how old its list is, what is alarming.

mod day;
mod found;
mod open;
mod own;
mod rows;

pub(crate) use day::Day;
pub(crate) use found::{found_by_alarm, found_by_handover, words};
pub(crate) use open::{alarm_days, days_to_raise};
pub(crate) use own::{ListAge, own_fields};
pub(crate) use rows::{Rows, children_of};
