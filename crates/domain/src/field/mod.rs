//! Field types: what a field of a record may hold, how people type it, and how it is said.
//!
//! A type is one file here and one line in `registry.rs`.
//! What people type is taken strictly and once, at the boundary; what is stored may be anything, since it comes from other
//! devices, and is never taken on trust.

mod choice;
mod code;
mod count;
mod date;
mod digits;
mod error;
mod ids;
mod instant;
mod last4;
mod limit;
mod mask;
mod money;
mod notes;
mod number;
mod people;
mod phone;
mod photos;
mod reference;
mod references;
mod registry;
mod rows;
mod signature;
mod split;
mod tag;
mod text;
mod time;
mod types;
mod yes;

pub use error::{TypeError, ValueError};
pub use limit::{Limit, Limits};
pub use mask::Mask;
pub use registry::{codes, parse_type};
pub use split::split_outside;
pub use types::{Cell, Choice, Column, Document, FieldType, Language, Pattern, Speech, Typing};
