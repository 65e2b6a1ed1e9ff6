//! Papers: which there are for whom, how they are made of what the store holds, and the files they go into.

mod catalogue;
mod chat;
mod csv;
mod disclosure;
mod file;
mod findings;
mod inspections;
mod ledger;
mod meal;
mod order;
mod paper;
mod patrol;
mod repair;
mod rows;
mod signed;
mod source;
mod table;
#[cfg(test)]
mod testing;
mod xlsx;

pub(crate) use catalogue::{Entry, Reach, catalogue, entry, gets, is_for};
pub(crate) use chat::{MOST_ROWS as MOST_ROWS_OF_A_CHAT, chat_text};
pub(crate) use csv::csv_of;
pub(crate) use disclosure::{Way, write as disclose};
pub(crate) use file::{Ask, Format, export, file, release};
pub(crate) use order::Masking;
pub(crate) use paper::{Made, Wanted, check, make};
pub(crate) use rows::{Query, areas, found, others};
pub(crate) use signed::{KIND as PAPER, SignedPaper, basis, record};
pub(crate) use source::{as_of, is_office};
