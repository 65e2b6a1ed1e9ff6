//! Hooks: what a row says by other rows of its register. Each is a small pure file, and a line of `registry.rs`.
//!
//! Nothing of it is stored: a row that arrives later, or is voided, changes it on every device alike.

mod lamp_hours;
mod licence;
mod registry;
mod types;

pub use licence::{days_ahead, days_left, tone_of_days};
pub(super) use registry::{habit, names};
pub use types::{Asked, Habit, KinRow, Tone, Worked};
