//! A form at a place of a record: answering, note, photo, rest, undo, and what follows for findings.
//!
//! Nothing here knows an inspection. A kind of record that is answered is a [`holder::Holder`], and `places.rs` reads the places
//! of all of them.

pub(crate) mod answer;
pub(crate) mod digest;
pub(crate) mod followup;
pub(crate) mod holder;
pub(crate) mod outcome;
pub(crate) mod parse;
pub(crate) mod pending;
pub(crate) mod photo;
pub(crate) mod place;
pub(crate) mod previous;
pub(crate) mod rest;
pub(crate) mod save;
pub(crate) mod shape;
pub(crate) mod take_back;
pub(crate) mod undo;
pub(crate) mod view;

#[cfg(test)]
mod tests;
