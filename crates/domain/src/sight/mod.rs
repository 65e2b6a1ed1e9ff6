//! Sight: who may see which rows and fields, and what is left of the rest.
//!
//! Documents of registers lead to words and JSON only by a [`Sight`]: [`Raw`] itself can be neither printed nor serialised.
//! Kinds without a register stand in one table of the same words, [`KindSight`].

mod checklists;
mod kinds;
mod marks;
mod masks;
mod parse;
mod raw;
mod rows;
mod table;
mod who;

pub use checklists::SeenChecklist;
pub use kinds::{Checklists, FieldMask, KindSight, Named, SeeRule};
pub use marks::{Mark, has_mark, marks, names};
pub use masks::MaskFacts;
pub use parse::parse as parse_kinds;
pub use raw::{Gone, Raw, Shown, ShownValue};
pub use rows::{RowFacts, RowRule, Rows};
pub use who::{Sight, View};
