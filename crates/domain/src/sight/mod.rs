//! Sight: who may see which rows and fields, and what is left of the rest.
//!
//! Documents of registers lead to words and JSON only by a [`Sight`]: [`Raw`] itself can be neither printed nor serialised.

mod raw;
mod rows;
mod who;

pub use raw::{Gone, Raw, Shown, ShownValue};
pub use rows::{RowFacts, RowRule, Rows};
pub use who::{Sight, View};
