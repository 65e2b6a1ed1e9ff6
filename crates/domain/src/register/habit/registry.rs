//! Which hooks there are: a file beside this one, and a line here.

use super::lamp_hours::LampHours;
use super::licence::Licence;
use super::types::Habit;

/// The hooks that a declaration can name, `hook NAME by FIELD`.
static HABITS: &[&dyn Habit] = &[&LampHours, &Licence];

/// The hook with this name.
pub(in crate::register) fn habit(name: &str) -> Option<&'static dyn Habit> {
    HABITS.iter().copied().find(|habit| habit.name() == name)
}

/// The names of all hooks.
pub(in crate::register) fn names() -> Vec<&'static str> {
    HABITS.iter().map(|habit| habit.name()).collect()
}
