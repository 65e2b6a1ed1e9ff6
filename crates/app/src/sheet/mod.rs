//! Papers: which there are for whom, how they are made of what the store holds, and the files they go into.

mod catalogue;
mod csv;
mod disclosure;
mod file;
mod findings;
mod inspections;
mod order;
mod paper;
mod rows;
mod signed;
mod source;
mod table;
#[cfg(test)]
mod testing;
mod xlsx;

pub(crate) use catalogue::{Entry, Reach, catalogue, gets, is_for};
pub(crate) use disclosure::{ALL_DAYS, Leaving, Way, write as disclose, write_down};
pub use file::SheetFile;
pub(crate) use file::{Ask, Format, file};
pub(crate) use order::Masking;
pub(crate) use paper::{Made, Wanted, is_office, make};
pub(crate) use rows::{Query, areas, found, others};
pub(crate) use signed::{KIND as PAPER, SignedPaper, basis, record};
