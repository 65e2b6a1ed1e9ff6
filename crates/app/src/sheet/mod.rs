//! Papers: which there are for whom, how they are made of what the store holds, and the files they go into.

mod catalogue;
mod csv;
mod file;
mod findings;
mod inspections;
mod order;
mod paper;
mod rows;
mod source;
mod table;
#[cfg(test)]
mod testing;
mod xlsx;

pub(crate) use catalogue::{Entry, Reach, catalogue};
pub use file::SheetFile;
pub(crate) use file::{Format, file};
pub(crate) use paper::{Wanted, is_office, make};
pub(crate) use rows::{Query, areas, found, others};
